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

    kind = forms.ChoiceField(label=gettext_lazy("Mark"), choices=FactKind.choices, widget=forms.RadioSelect)
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
        help_text=gettext_lazy("An exemption always has one. The others hold until they are ended."),
    )

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("The last day lies in the past. Choose today or a later day."))
        if day and day > timezone.localdate() + LONGEST:
            raise forms.ValidationError(_("The last day is more than two years away. Choose an earlier one."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == FactKind.EXEMPTION and "last_day" in cleaned and not cleaned["last_day"]:
            self.add_error("last_day", _("An exemption needs an end. Choose a day."))
        return cleaned

    @property
    def until(self) -> datetime | None:
        """The moment after the last day."""
        day = self.cleaned_data["last_day"]
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) if day else None


class FactEndForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
