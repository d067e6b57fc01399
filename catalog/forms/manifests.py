from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.manifest import LARGEST, Manifest, read


class ManifestForm(forms.Form):
    """A manifest, pasted or as a file. Cleans to what it says."""

    text = forms.CharField(
        label=gettext_lazy("Manifest"),
        required=False,
        max_length=LARGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "code"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("microapp.yaml, up to 64 KB."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
    )
    manifest: Manifest

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if not file and not text.strip():
            raise ValidationError(_("Paste a manifest or choose a file."))
        self.manifest = read(file.read(LARGEST + 1) if file else text)
        if self.manifest.problems:
            raise ValidationError([str(problem) for problem in self.manifest.problems[:30]])
        return cleaned
