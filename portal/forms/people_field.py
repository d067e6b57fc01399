"""Choosing several people: one to a line, by e-mail address or name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.forms.person_field import PersonField, written


class PeopleField(forms.CharField):
    """Cleans to a list of active Users in the order of the lines, each once; empty lines are left out."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20_000)
        super().__init__(**kwargs)
        self.one = PersonField(required=False)

    def to_python(self, value: Any) -> Any:
        people, errors = {}, []
        for line in (super().to_python(value) or "").splitlines():
            try:
                person = self.one.to_python(line)
            except ValidationError as error:
                errors.append(error)
            else:
                if person is not None:
                    people[person.pk] = person
        if errors:
            raise ValidationError(errors)
        return list(people.values())

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)

    def run_validators(self, value: Any) -> None:
        """The length of the text was checked by the browser; people have none."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(written(one) for one in value) if isinstance(value, list | tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
