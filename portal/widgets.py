"""Form controls with more to say than Django's own."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise

Text = str | Promise


class RadioCards(forms.RadioSelect):
    """Choices as cards, each with a sentence. `about` maps a value to its sentence."""

    template_name = "components/radio_cards.html"

    def __init__(self, about: Mapping[str, Text] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.about = about or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["about"] = self.about.get(str(value), "")
        return option


class FileUpload(forms.FileInput):
    """One file; `hint` says what is accepted and how large it may be."""

    template_name = "components/file_upload.html"

    def __init__(self, hint: Text = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hint = hint

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["hint"] = self.hint
        return context


class DateInput(forms.DateInput):
    """The browser's own date picker; the value travels as 2027-03-12 in every language."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)
