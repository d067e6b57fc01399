from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.templating.git import LONGEST_BUNDLE
from portal.widgets import FileUpload

ZIP, BUNDLE, URL = "zip", "bundle", "url"


class BringForm(forms.Form):
    """A ZIP of one version, a git bundle of several, or an address to fetch from."""

    way = forms.ChoiceField(
        label=gettext_lazy("What do you bring?"),
        choices=[
            (ZIP, gettext_lazy("A ZIP of the template's folder")),
            (BUNDLE, gettext_lazy("A git bundle with its tags")),
            (URL, gettext_lazy("An address to fetch with git")),
        ],
        widget=forms.RadioSelect,
        initial=ZIP,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=FileUpload(
            hint=gettext_lazy(
                "For a ZIP or a bundle, up to 30 MB. A bundle is made by “git bundle create x.bundle --all”."
            )
        ),
    )
    number = forms.CharField(
        label=gettext_lazy("Version"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("For a ZIP, such as 1.0.0. A bundle and a repository say it by their tags."),
    )
    url = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = settings.TEMPLATE_GIT_URLS
        if not allowed:
            del self.fields["url"]
            self.fields["way"].choices = self.fields["way"].choices[:2]  # type: ignore[attr-defined]
        else:
            self.fields["url"].help_text = _("It lies below: %(allowed)s") % {"allowed": ", ".join(allowed)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        way, file = cleaned.get("way"), cleaned.get("file")
        if way in (ZIP, BUNDLE) and file is None and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        if file is not None and file.size > LONGEST_BUNDLE:
            self.add_error("file", _("The file is larger than 30 MB. Leave large files out of the template."))
        if way == ZIP and not cleaned.get("number"):
            self.add_error("number", _("Say which version it is, such as 1.0.0."))
        if way == URL and not cleaned.get("url"):
            self.add_error("url", _("Write the address of the repository."))
        return cleaned
