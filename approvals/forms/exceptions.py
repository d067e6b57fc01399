from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.actions.exceptions import Terms, longest
from portal.models import BusinessUnit
from portal.widgets import DateInput


class ExceptionForm(forms.Form):
    """Why, what is done instead, and until when."""

    reason = forms.CharField(
        label=gettext_lazy("Why it cannot be met now"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why, so that those who decide can weigh it.")},
    )
    compensating_control = forms.CharField(
        label=gettext_lazy("What is done instead"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The control that keeps the risk small until then, such as a weekly check by hand."),
        error_messages={"required": gettext_lazy("Say what keeps the risk small meanwhile.")},
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DateInput(),
        error_messages={"required": gettext_lazy("Every exception ends. Choose its last day.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = longest(timezone.now())
        self.fields["ends_on"].widget.attrs.update(
            min=(timezone.localdate() + timedelta(days=1)).isoformat(), max=self.latest.isoformat()
        )

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if not timezone.localdate() < day <= self.latest:
            raise forms.ValidationError(
                _("Choose a day from tomorrow to %(latest)s."), params={"latest": self.latest.isoformat()}
            )
        return day

    @property
    def terms(self) -> Terms:
        said = self.cleaned_data
        return Terms(said["reason"], said["compensating_control"], said["ends_on"])


class UnitExceptionForm(ExceptionForm):
    """For a whole unit and those below it."""

    unit = forms.ModelChoiceField(
        label=gettext_lazy("Business unit"),
        queryset=BusinessUnit.objects.none(),
        help_text=gettext_lazy(
            "It covers every app of the unit and of the units below it. Ask for one app if that is enough."
        ),
    )
    field_order = ("unit", "reason", "compensating_control", "ends_on")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ClosingForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is not needed any more"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
