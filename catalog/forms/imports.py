"""Forms of an import: the upload, and which column is which field."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.importing.columns import NOT_FIXED, TARGETS, Mapping
from catalog.importing.found import LONGEST_FILE
from catalog.importing.texts import ENCODINGS
from catalog.importing.values import CLEANERS, LONGEST, Problem
from catalog.models.import_run import ImportKind
from portal.widgets import FileUpload, RadioCards

SEVERAL = (ImportKind.BACKSTAGE, ImportKind.MANIFEST)
ABOUT = {
    ImportKind.CSV: gettext_lazy("Any table with a header row. You say which column is which field."),
    ImportKind.BACKSTAGE: gettext_lazy("One file, several, or a ZIP. Components become apps or discoveries."),
    ImportKind.POWER_PLATFORM: gettext_lazy("The admin center's inventory or CoE Starter Kit tables, as CSV or JSON."),
    ImportKind.MANIFEST: gettext_lazy("One file, several, or a ZIP of them."),
    ImportKind.USAGE: gettext_lazy("Days of use by app, or visitors, as CSV or JSON lines."),
}


class SeveralFiles(FileUpload):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more uploads as (name, bytes), together not above the limit."""

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:
        uploads = data if isinstance(data, list | tuple) else [data]
        uploads = [super(FilesField, self).clean(upload, initial) for upload in uploads or [None]]
        if sum(upload.size for upload in uploads) > LONGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 50 MB. Split it."))
        return [(upload.name, upload.read()) for upload in uploads]


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=ImportKind.choices,
        widget=RadioCards(about=ABOUT),  # type: ignore[arg-type]
        initial=ImportKind.CSV,
    )
    files = FilesField(  # type: ignore[assignment]
        label=gettext_lazy("File"),
        widget=SeveralFiles(hint=gettext_lazy("CSV, JSON, YAML or ZIP, up to 50 MB and 200,000 rows")),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Choose another one."),
        },
    )
    source_system = forms.SlugField(
        label=gettext_lazy("Source system"),
        max_length=40,
        help_text=gettext_lazy(
            "A short name such as power-platform or inventory-2026. With its own number it tells an app apart, so use the "
            "same name each time."
        ),
        error_messages={
            "invalid": gettext_lazy("Use letters, digits, hyphens and underscores only, such as power-platform.")
        },
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding"),
        required=False,
        choices=[("", gettext_lazy("Find out")), *((name, name.upper()) for name in ENCODINGS)],
        help_text=gettext_lazy("Change it only when letters look wrong in the next step."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if len(cleaned.get("files", ())) > 1 and cleaned.get("kind") not in SEVERAL:
            self.add_error("files", _("Choose one file. Only YAML files can be sent several at once."))
        return cleaned


class MappingForm(forms.Form):
    """For each field of the contract a column, or one value for every row. `header` is empty for YAML documents."""

    def __init__(self, *args: Any, header: Sequence[str], mapping: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.header = header
        columns = [("", _("not in the file")), *((name, name) for name in header)]
        for key, label in TARGETS.items():
            if header:
                self.fields[f"column_{key}"] = forms.ChoiceField(
                    label=_("Column for %(field)s") % {"field": label},
                    choices=columns,
                    required=False,
                    initial=mapping.columns.get(key, ""),
                )
            if key not in NOT_FIXED:
                self.fields[f"fixed_{key}"] = forms.CharField(
                    label=_("%(field)s of every row") % {"field": label},
                    required=False,
                    max_length=LONGEST.get(key, 2_000),
                    initial=mapping.fixed.get(key, ""),
                )
        if header:
            self.fields["key"] = forms.MultipleChoiceField(
                label=_("Columns that tell rows apart"),
                choices=columns[1:],
                required=False,
                initial=mapping.key,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Used when the file has no number of its own. With none ticked, the whole row counts."),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key in TARGETS:
            text = cleaned.get(f"fixed_{key}", "")
            try:
                if text and key in CLEANERS:
                    CLEANERS[key](key, text)
            except Problem as problem:
                self.add_error(f"fixed_{key}", _("This cannot be used: %(problem)s.") % {"problem": problem})
        return cleaned

    @property
    def mapping(self) -> Mapping:
        """What the form says, after it was found valid."""
        data = self.cleaned_data
        return Mapping(
            {key: data[f"column_{key}"] for key in TARGETS if data.get(f"column_{key}")},
            {key: data[f"fixed_{key}"] for key in TARGETS if data.get(f"fixed_{key}")},
            data.get("key", []),
        )

    def lines(self) -> list[tuple[str, Any, Any]]:
        """(label, column field or None, fixed field or None) for the table of the page."""
        there = self.fields
        return [
            (
                str(label),
                self[f"column_{key}"] if f"column_{key}" in there else None,
                self[f"fixed_{key}"] if f"fixed_{key}" in there else None,
            )
            for key, label in TARGETS.items()
            if f"column_{key}" in there or f"fixed_{key}" in there
        ]
