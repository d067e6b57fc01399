"""What the page shell needs. Callables, so that a fragment that does not draw the shell costs no query."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from portal import counters, navigation
from portal.models.notification import Notification

THEMES = ("auto", "light", "dark")


def unread(user: Any) -> int:
    """New notifications, counted up to 100: more than 99 reads as 99+."""
    return Notification.objects.of(user).unread()[:100].count()


counters.register("unread", unread)


def shell(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "auto")
    return {
        "theme": theme if theme in THEMES else "auto",
        "nav": partial(navigation.groups_for, request),
        "unread_count": partial(counters.read, request, "unread"),
    }
