from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.hand_overs import HandOverForm
from catalog.forms.renewals import TERMS


class BulkRenewForm(forms.Form):
    days = forms.TypedChoiceField(label=_("Renew for"), choices=TERMS, coerce=int, initial=90, widget=forms.RadioSelect)
    confirmed = forms.BooleanField(
        label=_("For each app: owner, purpose, data, cost centre and dependencies are right"),
        error_messages={"required": _("Tick this box when the facts of each app are right. Leave out the others.")},
    )


class BulkRemindForm(forms.Form):
    """Nothing to ask: the owners are reminded."""


FORMS: dict[str, type[forms.Form]] = {"renew": BulkRenewForm, "remind": BulkRemindForm, "hand_over": HandOverForm}
