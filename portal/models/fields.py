"""Model fields of the house."""

from typing import Any

from django.db import models
from django.forms import Field


class WebAddressField(models.URLField):
    """A URL; in a form, an address typed without a scheme is taken as https."""

    def formfield(self, **kwargs: Any) -> Field | None:
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
