from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from catalog.models.marketplace.repository_token import Scope
from catalog.templating import zips
from catalog.templating.git import LONGEST_BUNDLE
from catalog.templating.tree import BadTree


class TokenForm(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("What is it for?"), max_length=80, help_text=gettext_lazy("Such as “My laptop”.")
    )
    scope = forms.ChoiceField(label=gettext_lazy("It may"), choices=Scope.choices, initial=Scope.WRITE)
    days = forms.TypedChoiceField(
        label=gettext_lazy("It ends after"),
        coerce=int,
        choices=[(30, gettext_lazy("30 days")), (90, gettext_lazy("90 days")), (365, gettext_lazy("a year"))],
        initial=90,
    )


class UploadForm(forms.Form):
    """A ZIP of the whole app, as it was downloaded and changed."""

    file = forms.FileField(
        label=gettext_lazy("ZIP of the app"),
        help_text=gettext_lazy(
            "Download it, change what you want, and pack the folder again. You see the difference first."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (file := cleaned.get("file")) is not None:
            if file.size > LONGEST_BUNDLE:
                self.add_error("file", gettext_lazy("The file is larger than 30 MB. Leave large files out."))
            else:
                try:
                    cleaned["tree"] = zips.read(file.read())
                except BadTree as error:
                    self.add_error("file", str(error))
        return cleaned
