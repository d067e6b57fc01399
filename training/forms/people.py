"""What is said of office hours, announcements and time allowances."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.forms.person_field import PersonField
from training.actions.office_hours import Terms


class OfficeHourForm(forms.Form):
    topic = forms.CharField(label=_("About"), max_length=120)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    begins = forms.TimeField(
        label=_("Begins"), widget=forms.TimeInput(attrs={"type": "time"}), help_text=_("In your time zone.")
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=480, initial=45)
    place = forms.CharField(label=_("Where"), max_length=300, help_text=_("A room, or the address of a call."))
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=100, initial=4)
    weeks = forms.IntegerField(label=_("For how many weeks in a row"), min_value=1, max_value=26, initial=1)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "day" in values and "begins" in values and "minutes" in values:
            zone = timezone.get_current_timezone()
            start = datetime.combine(values["day"], values["begins"], tzinfo=zone)
            values["starts_at"], values["ends_at"] = start, start + timedelta(minutes=values["minutes"])
            if start <= timezone.now():
                self.add_error("day", ValidationError(_("That time is over. Choose one that is still to come.")))
        return values

    @property
    def terms(self) -> Terms:
        said = self.cleaned_data
        return Terms(said["topic"], said["place"], said["starts_at"], said["ends_at"], said["capacity"])


class BookingForm(forms.Form):
    question = forms.CharField(
        label=_("Your question"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It helps the host to prepare. Only the host and C4E staff read it."),
    )  # fmt: skip


class AnnouncementForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    body = forms.CharField(
        label=_("Text"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 10}), help_text=_("Markdown.")
    )
    asks = forms.BooleanField(label=_("Ask everybody to confirm that they have read it"), required=False)
    ends_on = forms.DateField(
        label=_("Shown until"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty to show it for good."),
    )  # fmt: skip


class AllowanceForm(forms.Form):
    person = PersonField(label=_("Learner"))
    percent = forms.TypedChoiceField(
        label=_("Time"),
        coerce=int,
        choices=[(125, "125 %"), (150, "150 %"), (200, "200 %"), (300, "300 %"), (0, _("no limit"))],
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300, help_text=_("Only C4E staff read it."))
