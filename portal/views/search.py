from django.http import HttpResponse

from portal import recent
from portal.htmx import render_page
from portal.http import Request
from portal.search import clean
from portal.search import search as find


def search(request: Request) -> HttpResponse:
    """Search over everything this person may see. The palette shows the same form in a dialog."""
    words = clean(request.GET.get("q", ""))
    groups = find(request.user, words)
    context = {
        "section": "search",
        "words": words,
        "groups": groups,
        "total": sum(len(hits) for _group, hits in groups),
        "recent": recent.opened(request) if len(words) < 2 else [],
    }
    return render_page(request, "portal/search.html", context, "portal/_search_hits.html")
