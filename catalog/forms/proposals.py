"""What is asked of an app, one form for each page. `values` is what the proposal keeps."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import MicroApp, Proposal
from catalog.permissions import denial_to_take
from catalog.succession import stays
from portal.forms.person_field import PersonField
from portal.models import User

LONGEST_EXEMPTION = timedelta(days=730)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The reviewers read it, and it is kept in the history."),
        error_messages={"required": gettext_lazy("Say why in a sentence, so that the reviewers can decide.")},
    )


class ProposalForm(ReasonForm):
    """The fields of one kind come first, the reason last."""

    def __init__(self, *args: Any, app: MicroApp, user: User, standing: Proposal | None, **kwargs: Any) -> None:
        self.app, self.user = app, user
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial_of(app, standing), "reason": standing.reason if standing else ""}
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def initial_of(self, app: MicroApp, standing: Proposal | None) -> dict[str, Any]:
        return dict(standing.values) if standing else {}

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class BudgetForm(ProposalForm):
    amount = forms.IntegerField(
        label=gettext_lazy("Budget a month"),
        min_value=0,
        max_value=10_000_000,
        help_text=gettext_lazy("A whole number in the house's currency: licences, hosting and calls of paid services."),
    )

    def initial_of(self, app: MicroApp, standing: Proposal | None) -> dict[str, Any]:
        return {"amount": standing.values["amount"] if standing else app.monthly_budget}


class ExemptionForm(ProposalForm):
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Until then no sweep flags or archives the app. Every exemption ends."),
    )

    def clean_last_day(self) -> Any:
        day, today = self.cleaned_data["last_day"], timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("The last day lies in the past. Choose today or a later day."))
        if day > today + LONGEST_EXEMPTION:
            raise forms.ValidationError(_("The last day is more than two years away. Choose an earlier one."))
        return day

    @property
    def values(self) -> dict[str, Any]:
        return {"last_day": self.cleaned_data["last_day"].isoformat()}


class OwnershipForm(ProposalForm):
    second_owner = PersonField(
        label=gettext_lazy("Second owner"), help_text=gettext_lazy("Who stands in for you, by name or e-mail address.")
    )

    def initial_of(self, app: MicroApp, standing: Proposal | None) -> dict[str, Any]:
        if standing:
            return {"second_owner": standing.values["second_owner"]}
        keeps = stays(app.second_owner) and app.second_owner_id != self.user.pk
        return {"second_owner": app.second_owner.email if keeps else ""}

    def clean_second_owner(self) -> User:
        second: User = self.cleaned_data["second_owner"]
        if second == self.user:
            raise forms.ValidationError(_("The second owner must be somebody else than you."))
        if second.is_service or not stays(second):
            raise forms.ValidationError(_("Name a colleague with an open account who stays."))
        return second

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if denial := denial_to_take(self.user, self.app):
            raise forms.ValidationError(str(denial))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return {"owner": self.user.email, "second_owner": self.cleaned_data["second_owner"].email}
