from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal import manual


def help_index(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help_index.html", {"section": "help", "pages": manual.pages()})


def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    if (page := manual.page(slug)) is None:
        raise Http404(_("There is no help page of this name. The help index lists them all."))
    return render(request, "portal/help_page.html", {"section": "help", "page": page, "pages": manual.pages()})


def help_shortcuts(request: HttpRequest) -> HttpResponse:
    """The keys that work, with the places of this reader's own navigation."""
    return render(request, "portal/help_shortcuts.html", {"section": "help", "pages": manual.pages()})
