from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from catalog.tags import BadTags, parse, written


class TagsField(forms.CharField):
    """One tag on each line, such as "env: production"."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=5_000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, dict) else value

    def clean(self, value: Any) -> dict[str, str]:
        try:
            return parse(super().clean(value))
        except BadTags as error:
            raise ValidationError(str(error)) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
