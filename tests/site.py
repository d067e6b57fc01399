"""Every page of the site, read from the URL resolver: a new page is covered by the matrix, axe and language tests unasked."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

FOREIGN = ("admin/", "accounts/")


@dataclass(frozen=True)
class Address:
    """One URL name of ours with the names of its arguments."""

    name: str
    route: str
    arguments: tuple[str, ...]


def walk(patterns: list[URLPattern | URLResolver], prefix: str = "", namespace: str = "") -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, route, inner)
        elif not route.startswith(FOREIGN):
            yield Address(f"{namespace}{pattern.name}", route, tuple(pattern.pattern.converters))


def addresses() -> list[Address]:
    """All our own addresses, in the order of the resolver."""
    return list(walk(get_resolver().url_patterns))
