"""Why a run is undone; how far a simulation looks."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.sweeps.simulation import LONGEST


class UndoForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in the audit log beside each app."),
    )

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"].strip()
        if len(reason) < 5:
            raise forms.ValidationError(_("Say why in a few words."))
        return reason


class SimulationForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Days ahead"),
        min_value=1,
        max_value=LONGEST,
        initial=90,
        help_text=gettext_lazy("Up to 400 days. A year takes about a minute."),
    )
