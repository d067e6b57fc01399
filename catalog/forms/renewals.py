from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.actions.renewals import CHOICES

TERMS = [(90, _("90 days")), (180, _("180 days")), (365, _("One year"))]
assert tuple(days for days, _label in TERMS) == CHOICES
REASON_HELP = _("One sentence. It is kept in the history for good.")


class RenewalForm(forms.Form):
    """`needs_reason` when it looks unused, `needs_check` unless one click is enough."""

    days = forms.TypedChoiceField(label=_("Renew for"), choices=TERMS, coerce=int, initial=90, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why is it still needed?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=REASON_HELP,
        error_messages={"required": _("Say in a sentence why it is still needed, because it looks unused.")},
    )
    confirmed = forms.BooleanField(
        label=_("I have read these facts and they are right"),
        error_messages={"required": _("Read the facts and tick this box. If one is wrong, change it first.")},
    )
    term_end = forms.DateField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, choices: list[tuple[int, str]], needs_reason: bool, needs_check: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = choices or TERMS  # type: ignore[attr-defined]
        if not needs_reason:
            del self.fields["reason"]
        if not needs_check:
            del self.fields["confirmed"]
