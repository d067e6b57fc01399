from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.widgets import DateInput


class LeavingForm(forms.Form):
    leaves_on = forms.DateField(
        label=_("Your last working day"),
        widget=DateInput(),
        help_text=_("Your apps are offered to their second owners at once, so that there is time to say no."),
        error_messages={"required": _("Choose your last working day.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_leaves_on(self) -> date:
        day: date = self.cleaned_data["leaves_on"]
        if day < self.today:
            raise ValidationError(_("This day has passed. Choose today or a later day."))
        return day
