"""What a person sets for themselves."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.forms.person_field import PersonField
from portal.forms.times import TimeZoneField, WorkingDaysField
from portal.models import Absence, User
from portal.notifications import KINDS
from portal.widgets import DateInput

LONGEST = 366


def mutable() -> list[tuple[str, Any]]:
    """The kinds of notification a person may do without."""
    return [(key, kind.label) for key, kind in sorted(KINDS.items()) if kind.can_mute]


class PreferencesForm(forms.ModelForm):
    time_zone = TimeZoneField(help_text=_("Every date and time is shown in it, and your apps end at its midnight."))
    working_days = WorkingDaysField()
    single_key_shortcuts = forms.BooleanField(
        label=_("Single-key shortcuts"),
        required=False,
        help_text=_("“/” to search, “?” for the list, G then a letter to go somewhere. Ctrl K always works."),
    )
    muted_kinds = forms.MultipleChoiceField(
        label=_("Leave out of my notifications"),
        required=False,
        choices=mutable,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Questions only you can answer always reach you."),
    )

    class Meta:
        model = User
        fields = ["time_zone", "working_days", "single_key_shortcuts", "muted_kinds"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not mutable():
            del self.fields["muted_kinds"]


class AbsenceForm(forms.ModelForm):
    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput())
    delegate = PersonField(
        label=_("Delegate"),
        required=False,
        help_text=_("Gets your questions and digests while you are away. Without one they wait for you."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=200,
        help_text=_("Shown on your page, for example how to reach you."),
    )

    class Meta:
        model = Absence
        fields = ["starts_on", "ends_on", "delegate", "note"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_delegate(self) -> User | None:
        delegate: User | None = self.cleaned_data["delegate"]
        if delegate is not None and delegate.pk == self.instance.user_id:
            raise ValidationError(_("Choose somebody else as delegate."))
        return delegate

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last:
            if last < first:
                self.add_error("ends_on", _("The last day is before the first day."))
            elif last < self.today:
                self.add_error("ends_on", _("These days are over already. Choose a last day from today on."))
            elif last - first > timedelta(days=LONGEST):
                self.add_error("ends_on", _("An absence lasts a year at most. Choose an earlier last day."))
        return cleaned

    def validate_constraints(self) -> None:
        """The two constraints of the table were checked above, each beside its field."""
