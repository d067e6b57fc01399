"""Choosing a person: by e-mail address or name, with suggestions where the browser runs scripts."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.models import User

ADDRESS = re.compile(r"<([^<>]+)>\s*$")


def written(user: User) -> str:
    """A person as one types them: "Priya Nair <priya.nair@example.org>"."""
    return f"{user.name} <{user.email}>"


class PersonInput(forms.TextInput):
    """A text field whose list of suggestions follows what is typed."""

    template_name = "components/person_input.html"

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, int):
            value = User.objects.filter(pk=value).first()
        return written(value) if isinstance(value, User) else super().format_value(value)


class PersonField(forms.CharField):
    """Cleans to an active User, or None when empty. `people` narrows who can be chosen; services are never among them."""

    widget = PersonInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    default_error_messages = {
        "unknown": _("Nobody active is known as “%(words)s”. Type the e-mail address of a colleague."),
        "several": _("Several people are called %(words)s. Type the e-mail address of the one you mean."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 400)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        if not words:
            return None
        address = ADDRESS.search(words)
        if address or "@" in words:
            email = address[1].strip() if address else words
            found = list(User.objects.people().filter(email__iexact=email)[:1])
        else:
            found = list(User.objects.people().filter(name__iexact=words)[:2])
        if not found:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"words": words})
        if len(found) > 1:
            raise ValidationError(self.error_messages["several"], code="several", params={"words": words})
        return found[0]

    def run_validators(self, value: Any) -> None:
        """The length of the text was checked by the browser; a person has none."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def prepare_value(self, value: Any) -> Any:
        return self.widget.format_value(value) if isinstance(value, int | User) else value
