from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals import rules


class RulesForm(forms.Form):
    """One field for each number of the set, within its limits; then the reason."""

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        for key, number in rules.RULES[name].items():
            self.fields[key] = forms.IntegerField(
                label=str(number.label), min_value=number.low, max_value=number.high, help_text=str(number.unit)
            )
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("Reason"),
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=gettext_lazy("It is kept with the version."),
        )
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("medium_from", 0) >= cleaned.get("high_from", 1_000):
            self.add_error("high_from", _("High risk begins above medium risk. Choose a larger number."))
        return cleaned

    @property
    def values(self) -> dict[str, int]:
        return {key: self.cleaned_data[key] for key in rules.RULES[self.name]}
