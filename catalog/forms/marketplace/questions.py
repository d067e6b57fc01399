"""The questions of a template as form fields."""

import json
from typing import Any

import yaml
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.importing.safe_yaml import text_documents
from catalog.templating.asking import Standing
from catalog.templating.questions import Question

LONGEST, LONGEST_TEXT = 500, 10_000
FEW = 6  # choices up to which they are shown as buttons


class DataField(forms.CharField):
    """A value written as YAML or JSON, such as a list."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        content, error = next(text_documents(text), (None, ""))
        if error:
            raise ValidationError(error)
        return content

    def prepare_value(self, value: Any) -> Any:
        return (
            value if isinstance(value, str) else yaml.safe_dump(value, allow_unicode=True).removesuffix("...\n").strip()
        )


class ChoiceField(forms.TypedChoiceField):
    """One of the template's choices; the value keeps its type."""


def field_of(question: Question, standing: Standing) -> forms.Field:
    """The field of one question. Its initial value is the question's default."""
    common: dict[str, Any] = {
        "label": label_of(question),
        "help_text": "",
        "required": is_needed(question, standing.default),
        "initial": standing.default,
    }
    field = choices(question, common) if question["choices"] else plain(question, common)
    field.wide = question["multiline"] or bool(question["choices"])  # type: ignore[attr-defined]
    return field


def is_needed(question: Question, default: Any) -> bool:
    """A question that has a default is never left empty; a box may be, and so may what the template leaves open."""
    may_be_empty = (
        question["type"] == "bool" and not question["choices"] or question["multiselect"] or question["secret"]
    )
    return not may_be_empty and default not in (None, "", [])


def label_of(question: Question) -> str:
    """What Copier prints before the prompt; the bare name when the template says nothing."""
    return question["help"] or question["name"].replace("_", " ").capitalize()


def choices(question: Question, common: dict[str, Any]) -> forms.Field:
    """The values travel as JSON, so that 1 and "1" stay apart."""
    options = [(json.dumps(value), label) for label, value in question["choices"]]
    by_text = {text: value for (text, _label), (_name, value) in zip(options, question["choices"], strict=True)}
    default = common["initial"]
    if question["multiselect"]:
        chosen = default if isinstance(default, list) else [] if default is None else [default]
        return forms.TypedMultipleChoiceField(
            choices=options,
            coerce=by_text.__getitem__,
            widget=forms.CheckboxSelectMultiple,
            **{**common, "initial": [json.dumps(value) for value in chosen]},
        )
    widget = forms.RadioSelect if len(options) <= FEW else forms.Select
    return ChoiceField(
        choices=options,
        coerce=by_text.__getitem__,
        empty_value=None,
        widget=widget,
        **{**common, "initial": json.dumps(default)},
    )


def plain(question: Question, common: dict[str, Any]) -> forms.Field:
    attrs = {"placeholder": question["placeholder"]} if question["placeholder"] else {}
    match question["type"]:
        case "bool":
            return forms.BooleanField(**{**common, "initial": truth(common["initial"])})
        case "int":
            return forms.IntegerField(**common)
        case "float":
            return forms.FloatField(**common)
        case "yaml" | "json":
            return DataField(widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", **attrs}), **common)
    if question["secret"]:
        secret = {
            **common,
            "initial": None,
            "help_text": _("It is used once, and never shown or kept in your app's answers."),
        }
        return forms.CharField(max_length=LONGEST, widget=forms.PasswordInput(attrs=attrs), **secret)
    if question["multiline"]:
        return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3, **attrs}), **common)
    return forms.CharField(max_length=LONGEST, widget=forms.TextInput(attrs=attrs), **common)


def truth(value: Any) -> bool:
    return value.strip().casefold() in ("true", "yes", "on", "1", "y") if isinstance(value, str) else bool(value)
