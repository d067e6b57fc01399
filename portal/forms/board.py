"""Forms of the board: a target, and a correction."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TargetForm(forms.Form):
    value = forms.DecimalField(
        label=_("Target"),
        required=False,
        max_digits=16,
        decimal_places=4,
        help_text=_("In the unit of the figure. Leave it empty for no target."),
    )
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("It stands in the history of the targets."))


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label=_("What came late or was wrong"), max_length=300, help_text=_("It stands beside the corrected reading.")
    )
