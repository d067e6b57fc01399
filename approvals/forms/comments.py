import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.mentions import people_named


class CommentForm(forms.Form):
    """`key` is made with the page, so that a form that is sent twice adds one comment."""

    text = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Name a colleague with @ and the first part of their address, such as @mei.chen."),
        error_messages={"required": gettext_lazy("Write something first.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        self.named, unclear = people_named(text)
        if unclear:
            raise ValidationError(
                _(
                    "Nobody, or more than one person, is known as %(names)s. Write their whole e-mail address after the @."
                ),
                params={"names": ", ".join(f"@{name}" for name in unclear)},
            )
        return text
