from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from catalog.models import AppTemplate, Clone, TemplateVersion


class TargetForm(forms.Form):
    """Which version to go to: any newer one that is published, the newest first."""

    target = forms.ModelChoiceField(
        TemplateVersion.objects.none(), label=gettext_lazy("To version"), to_field_name="number", empty_label=None
    )

    def __init__(self, *args: Any, clone: Clone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newer = TemplateVersion.objects.newer_than(clone.version).order_by("-rank")
        self.fields["target"].queryset = newer  # type: ignore[attr-defined]
        self.fields["target"].label_from_instance = lambda version: version.number  # type: ignore[attr-defined]


class CampaignForm(forms.Form):
    target = forms.ModelChoiceField(
        TemplateVersion.objects.none(), label=gettext_lazy("To version"), to_field_name="number", empty_label=None
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Every owner of an app that is behind reads this."),
    )
    due_on = forms.DateField(label=gettext_lazy("By when?"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, template: AppTemplate, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        published = TemplateVersion.objects.published().filter(template=template).order_by("-rank")
        self.fields["target"].queryset = published  # type: ignore[attr-defined]
        self.fields["target"].label_from_instance = lambda version: version.number  # type: ignore[attr-defined]
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day < self.today:
            raise forms.ValidationError(gettext_lazy("Choose a day that is not over."))
        return day
