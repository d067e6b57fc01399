from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.states import RequestState
from portal.widgets import RadioCards

ANSWERS = (RequestState.APPROVED, RequestState.RETURNED, RequestState.REFUSED)
CHOICES = [
    (RequestState.APPROVED.value, _("Approve")),
    (RequestState.RETURNED.value, _("Send back")),
    (RequestState.REFUSED.value, _("Refuse")),
]


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Your decision"),
        choices=CHOICES,
        widget=RadioCards(
            about={
                "approved": _("It takes effect at once. The person who asked is told."),
                "returned": _("Say what is missing. It can be changed and sent to you again."),
                "refused": _("Say why. This request is over; a new one can be made."),
            }
        ),
        error_messages={"required": _("Choose one of the three.")},
    )
    reason = forms.CharField(
        label=_("Reason, or what is missing"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed to send back or refuse. The person who asked reads it word for word."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_767)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        needs_reason = cleaned.get("outcome") in (RequestState.RETURNED, RequestState.REFUSED)
        if needs_reason and not cleaned.get("reason"):
            self.add_error(
                "reason",
                _("Say what is missing, so that it can be put right.")
                if cleaned["outcome"] == RequestState.RETURNED
                else _("Say why it is refused."),
            )
        return cleaned
