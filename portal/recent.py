"""The last things a person opened in this session, for the search page before anything is typed."""

from django.http import HttpRequest

KEPT = 5
KEY = "recent"


def remember(request: HttpRequest, name: str, url: str, icon: str) -> None:
    """Put a thing first; call it in the view of its page. Opening the same thing again writes nothing."""
    entry = {"name": str(name), "url": url, "icon": icon}
    kept = request.session.get(KEY, [])
    if kept[:1] != [entry]:
        request.session[KEY] = [entry, *(other for other in kept if other["url"] != url)][:KEPT]


def opened(request: HttpRequest) -> list[dict[str, str]]:
    """What was opened, the latest first."""
    return list(request.session.get(KEY, []))
