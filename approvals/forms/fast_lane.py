from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.models.fast_lane_pass import Audited


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("What would a person have done?"),
        choices=Audited.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    note = forms.CharField(
        label=_("What you found"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the verdict. When it should not have passed, say which fact shows it."),
        error_messages={"required": _("Say in a sentence what you looked at.")},
    )
