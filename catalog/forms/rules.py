"""One rule's number for everyone, or for a business unit and a risk tier."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models.micro_app import Risk
from catalog.rules import HOUSE_WIDE, Rule
from portal.models import BusinessUnit


class RuleSettingForm(forms.Form):
    """`version` is what the person saw, so that two people at once notice each other. An empty value goes back to the wider
    setting."""

    unit = forms.ModelChoiceField(
        BusinessUnit.objects.order_by("name"),
        label=gettext_lazy("Business unit"),
        required=False,
        empty_label=gettext_lazy("The whole house"),
    )
    risk = forms.ChoiceField(
        label=gettext_lazy("Risk"), required=False, choices=[("", gettext_lazy("Every tier")), *Risk.choices]
    )
    value = forms.IntegerField(
        label=gettext_lazy("Number"),
        required=False,
        help_text=gettext_lazy("Leave it empty to use the wider setting again."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        bounds = {"low": rule.low, "high": rule.high, "unit": rule.unit}
        self.fields["value"].widget.attrs |= {"min": rule.low, "max": rule.high}
        self.fields["value"].help_text = (
            _("From %(low)s to %(high)s %(unit)s. Leave it empty to use the wider setting again.") % bounds
        )
        if rule.key in HOUSE_WIDE:
            del self.fields["unit"], self.fields["risk"]

    def clean_value(self) -> int | None:
        value = self.cleaned_data["value"]
        if value is not None and not self.rule.low <= value <= self.rule.high:
            raise forms.ValidationError(
                _("Choose a number from %(low)s to %(high)s.") % {"low": self.rule.low, "high": self.rule.high}
            )
        return value

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"].strip()
        if len(reason) < 5:
            raise forms.ValidationError(_("Say why in a few words."))
        return reason
