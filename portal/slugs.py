"""Addresses made of names."""

from collections.abc import Collection

from django.db.models import Model
from django.utils.text import slugify


def free_slug(model: type[Model], name: str, *, instead: str, longest: int, reserved: Collection[str] = ()) -> str:
    """The address of a new row of `model`: its name in letters that an address takes, at most `longest`, with a number behind
    when it is taken or `reserved`. A name without such letters becomes `instead`."""
    stem = slugify(name)[:longest].strip("-") or instead
    taken = {*model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True), *reserved}
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
