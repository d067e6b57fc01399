from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from catalog.models import Clone
from catalog.models.marketplace.app_template import TemplateKind


class TemplateProposalForm(forms.Form):
    """What the marketplace is to say of it; the rest comes from the app."""

    name = forms.CharField(label=gettext_lazy("Name of the template"), max_length=60)
    summary = forms.CharField(label=gettext_lazy("In one line"), max_length=90)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=TemplateKind.choices, widget=forms.RadioSelect)
    description = forms.CharField(
        label=gettext_lazy("What it does, and for whom"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    licence = forms.CharField(label=gettext_lazy("Licence"), max_length=100, initial="Apache-2.0")

    def described(self, clone: Clone, connectors: list[str], hosts: list[str]) -> dict[str, Any]:
        """As template.yaml says it."""
        said = self.cleaned_data
        return {
            "version": 1,
            "name": said["name"],
            "summary": said["summary"],
            "kind": said["kind"],
            "description": said["description"],
            "licence": said["licence"],
            "badge": "none",
            "days_to_live": 2,
            "touches": {
                "data_classification": clone.app.data_classification, "connectors": connectors, "hosts": hosts,
            },
            "release": {"security": False, "notes": "- The first version, made of an app that runs."},
        }  # fmt: skip
