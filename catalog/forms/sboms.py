from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.sbom import LARGEST
from portal.widgets import FileUpload


class SbomForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=FileUpload(hint=gettext_lazy("CycloneDX as JSON or XML, or SPDX as JSON; up to 20 MB.")),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("The file is larger than 20 MB."))
        return file
