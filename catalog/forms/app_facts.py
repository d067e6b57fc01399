from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models.app_fact import FactKind

LONGEST = timedelta(days=730)


class FactForm(forms.Form):
    """A mark with its reason and its last day, counted in the reader's time zone."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Mark"),
        choices=[choice for choice in FactKind.choices if choice[0] != FactKind.EXEMPTION],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody who opens the app reads it."),
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Left empty, the mark holds until it is ended."),
    )

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("The last day lies in the past. Choose today or a later day."))
        if day and day > timezone.localdate() + LONGEST:
            raise forms.ValidationError(_("The last day is more than two years away. Choose an earlier one."))
        return day

    @property
    def until(self) -> datetime | None:
        """The moment after the last day."""
        day = self.cleaned_data["last_day"]
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) if day else None


class FactEndForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
