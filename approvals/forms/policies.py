"""A policy and its draft: what it is called, its files, its data and its test cases."""

import json
import re
from typing import Any

import yaml
from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.engine import cases
from approvals.engine.bundle import LARGEST_ALL, BadBundle, content_of
from approvals.engine.interface import LARGEST_DATA, LARGEST_SOURCE, MOST_MODULES
from approvals.models import PolicyVersion
from approvals.models.policy import Mode, Severity
from portal.widgets import FileUpload, RadioCards

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}\.rego")
RESERVED = {"new", "import", "by-id"}  # addresses of pages
CODE = {"spellcheck": "false", "autocapitalize": "off", "autocomplete": "off", "class": "mono"}


class PolicyForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    slug = forms.SlugField(
        label=gettext_lazy("Short name"), max_length=60, help_text=gettext_lazy("Small letters and hyphens; it stays.")
    )
    summary = forms.CharField(
        label=gettext_lazy("What it asks"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One sentence for makers, without technical words."),
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("Severity"),
        choices=Severity.choices,
        initial=Severity.MEDIUM,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("It sets how soon a violation is put right."),
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise ValidationError(_("Choose another short name than “%(slug)s”."), params={"slug": slug})
        return slug


class ModuleForm(forms.Form):
    """One file. Without a name it is left out."""

    name = forms.CharField(
        label=gettext_lazy("File"), required=False, max_length=90, help_text=gettext_lazy("Such as hosts.rego.")
    )
    source = forms.CharField(
        label=gettext_lazy("Rego"),
        required=False,
        strip=False,
        max_length=LARGEST_SOURCE,
        widget=forms.Textarea(attrs={"rows": 18, **CODE}),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        name = said.get("name", "")
        if name and not FILE_NAME.fullmatch(name):
            self.add_error(
                "name", _("A file is called like hosts.rego: letters, digits, hyphens, and “.rego” at the end.")
            )
        if not name and said.get("source", "").strip():
            self.add_error("name", _("Give this text a file name, such as hosts.rego."))
        return said


ModuleForms = formset_factory(ModuleForm, extra=1, max_num=MOST_MODULES, absolute_max=MOST_MODULES, validate_max=True)


def modules_of(forms: "BaseFormSet[ModuleForm]") -> dict[str, str]:
    """File names and their text, line ends as editors write them."""
    said = [form.cleaned_data for form in forms if form.cleaned_data.get("name")]
    return {one["name"]: one["source"].replace("\r\n", "\n") for one in said}


class DraftForm(forms.Form):
    """`document` is what the rule reads as `data`; it and `cases` are YAML, of which JSON is a part."""

    cases = forms.CharField(
        label=gettext_lazy("Test cases"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 14, **CODE}),
        help_text=gettext_lazy(
            "A list in YAML: a name, the input as it differs from an app that nobody could object to, and the denials "
            "it must give; none means that it passes."
        ),
    )
    document = forms.CharField(
        label=gettext_lazy("Data"),
        required=False,
        max_length=LARGEST_DATA,
        widget=forms.Textarea(attrs={"rows": 6, **CODE}),
        help_text=gettext_lazy("What the rule reads as “data”, in YAML: for example the hosts that are allowed."),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Once in force, it"),
        choices=[choice for choice in Mode.choices if choice[0] != Mode.OFF],
        initial=Mode.WARN,
        widget=RadioCards(
            about={
                "warn": gettext_lazy("says what is wrong, raises the risk a little, and opens no violation."),
                "enforce": gettext_lazy("keeps requests from the fast lane, and opens a violation on what is live."),
            }
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("What changes and why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say in a sentence what changes, for whoever puts it in force.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=120)

    def clean_cases(self) -> list[Any]:
        found = plain(self.cleaned_data["cases"], _("Test cases")) or []
        try:
            cases.read(found)
        except cases.BadCases as error:
            raise ValidationError(str(error)) from None
        return list(found)

    def clean_document(self) -> dict[str, Any]:
        found = plain(self.cleaned_data["document"], _("Data")) or {}
        if not isinstance(found, dict):
            raise ValidationError(_("Data is a group of fields, such as “allowed: [api.example.org]”."))
        return found


def plain(text: str, name: Any) -> Any:
    """YAML as plain values. Raises ValidationError with the place."""
    try:
        return content_of(name, text)
    except BadBundle as error:
        raise ValidationError(str(error)) from None


def written(value: Any) -> str:
    """Plain values as the form shows them; empty for nothing."""
    if not value:
        return ""
    return yaml.safe_dump(json.loads(json.dumps(value)), allow_unicode=True, sort_keys=False, width=110)


def initial_of(version: PolicyVersion) -> dict[str, Any]:
    return {
        "cases": written(version.cases),
        "document": written(version.data),
        "mode": version.mode if version.mode != Mode.OFF else Mode.WARN,
    }


class TrialForm(forms.Form):
    """An input to try a policy on, as it differs from an app that nobody could object to."""

    input = forms.CharField(
        label=gettext_lazy("Input"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8, **CODE}),
        help_text=gettext_lazy("YAML or JSON: only what differs from an app that nobody could object to."),
    )

    def clean_input(self) -> dict[str, Any]:
        found = plain(self.cleaned_data["input"], _("Input")) or {}
        if not isinstance(found, dict):
            raise ValidationError(_("The input is a group of fields, such as “request: {hosts: [api.example.org]}”."))
        return found


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class MilderForm(ReasonForm):
    """Only modes milder than the one that holds are offered."""

    mode = forms.ChoiceField(label=gettext_lazy("From now on"), widget=forms.RadioSelect, choices=())
    field_order = ("mode", "reason")

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].choices = choices  # type: ignore[attr-defined]


class BundleForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=FileUpload(
            hint=gettext_lazy("A .rego file, or a ZIP or tar.gz with a folder for each policy; up to 10 MB.")
        ),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_ALL:
            raise ValidationError(_("The file is larger than 10 MB."))
        return file
