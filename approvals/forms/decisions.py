"""The answer of an approver, and the two other ways an approver acts: handing on, and deciding instead of the others."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.actions.decisions import Terms
from approvals.states import RequestState
from portal.forms.person_field import PersonField
from portal.widgets import DateInput, RadioCards

CONDITIONAL = "conditional"
LONGEST_CONDITION = timedelta(days=365)
CHOICES = [
    (RequestState.APPROVED.value, _("Approve")),
    (CONDITIONAL, _("Approve with a condition")),
    (RequestState.RETURNED.value, _("Send back")),
    (RequestState.REFUSED.value, _("Refuse")),
]
ABOUT = {
    "approved": _("It takes effect once everyone who is asked has approved. The person who asked is told."),
    "conditional": _("As above, and something must be done by a day. They are reminded, and so are you."),
    "returned": _("Say what is missing. It can be changed and sent to you again."),
    "refused": _("Say why. This request is over; a new one can be made."),
}
NEEDS_REASON = {
    RequestState.RETURNED: _("Say what is missing, so that it can be put right."),
    RequestState.REFUSED: _("Say why it is refused."),
}


class AnswerForm(forms.Form):
    """An answer, with the reason that sending back and refusing need."""

    outcome = forms.ChoiceField(
        label=_("Decision for all of them"),
        choices=[choice for choice in CHOICES if choice[0] != CONDITIONAL],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    reason = forms.CharField(
        label=_("Reason, or what is missing"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed to send back or refuse. The person who asked reads it word for word."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome in NEEDS_REASON and not cleaned.get("reason"):
            self.add_error("reason", NEEDS_REASON[RequestState(outcome)])
        return cleaned


class DecisionForm(AnswerForm):
    outcome = forms.ChoiceField(
        label=_("Your decision"),
        choices=CHOICES,
        widget=RadioCards(about=ABOUT),
        error_messages={"required": _("Choose one of the four.")},
    )
    condition = forms.CharField(
        label=_("Condition"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only with “Approve with a condition”: what must be done."),
    )
    until = forms.DateField(label=_("Done by"), required=False, widget=DateInput())
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_767)
    stage = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_767, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("outcome") == CONDITIONAL:
            self.check_terms(cleaned)
        return cleaned

    def check_terms(self, cleaned: dict[str, Any]) -> None:
        today, until = timezone.localdate(), cleaned.get("until")
        if not cleaned.get("condition"):
            self.add_error("condition", _("Say what must be done."))
        if "until" in self.errors:
            return
        if until is None:
            self.add_error("until", _("Say by which day it must be done."))
        elif not today < until <= today + LONGEST_CONDITION:
            self.add_error("until", _("Choose a day from tomorrow on, within a year."))

    @property
    def state(self) -> str:
        """What becomes of the request: an approval with a condition is an approval."""
        chosen: str = self.cleaned_data["outcome"]
        return RequestState.APPROVED if chosen == CONDITIONAL else chosen

    @property
    def terms(self) -> Terms | None:
        said = self.cleaned_data
        return Terms(said["condition"], said["until"]) if said["outcome"] == CONDITIONAL else None

    @property
    def answer(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        seen = {"revision": said["revision"], "stage": said["stage"]}
        return {"outcome": self.state, "reason": said["reason"], "terms": self.terms, **seen}


class HandOnForm(forms.Form):
    to = PersonField(label=_("Colleague"), help_text=_("They are asked instead of you, and see why."))
    reason = forms.CharField(
        label=_("Why they"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a sentence why they are the one to ask.")},
    )


class OverrideForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[choice for choice in CHOICES if choice[0] != CONDITIONAL],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    reason = forms.CharField(
        label=_("Why you do not wait for those who are asked"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone who sees the request reads it, and it stays in the audit log."),
        error_messages={"required": _("Say why. Deciding instead of others is only possible with a reason.")},
    )
