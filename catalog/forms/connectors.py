from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.hosts import clean_host
from catalog.models import Connector
from catalog.models.micro_app import DataClass
from training.models.course import Level


class ConnectorForm(forms.ModelForm):
    data_classes = forms.MultipleChoiceField(
        label=gettext_lazy("Data it may carry"), choices=DataClass.choices, widget=forms.CheckboxSelectMultiple
    )

    badge_level = forms.TypedChoiceField(
        label=gettext_lazy("Badge needed"),
        choices=[(0, gettext_lazy("none")), *Level.choices],
        required=False,
        coerce=int,
        empty_value="",
        help_text=gettext_lazy("Whoever asks for it must hold a badge of this level."),
    )

    class Meta:
        model = Connector
        fields = ("name", "summary", "system", "host", "data_classes", "badge_level", "team", "contact")
        help_texts = {
            "summary": gettext_lazy("One sentence a maker understands."),
            "host": gettext_lazy("Such as erp.example.org."),
            "contact": gettext_lazy("Whom makers ask about it."),
        }

    def clean_badge_level(self) -> int:
        return int(self.cleaned_data["badge_level"] or 0)

    def clean_host(self) -> str:
        host = self.cleaned_data["host"]
        if not host:
            return ""
        try:
            return clean_host(host)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class TurnForm(forms.Form):
    """Why a connector is blocked or approved again."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody who looks at the connector reads it."),
    )

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"].strip()
        if len(reason) < 5:
            raise forms.ValidationError(_("Say why in a few words."))
        return reason
