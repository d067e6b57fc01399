"""What a local site would have mailed. In production the page does not exist."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from portal import outbox, permissions
from portal.http import Request


def only_here() -> None:
    if not settings.LOCAL:
        raise Http404


def outbox_list(request: Request) -> HttpResponse:
    only_here()
    permissions.allow(permissions.denial_to_use_console(request.user))
    return render(request, "portal/outbox_list.html", {"section": "outbox", "mails": outbox.mails()})


def outbox_detail(request: Request, file: str, number: int) -> HttpResponse:
    only_here()
    permissions.allow(permissions.denial_to_use_console(request.user))
    mail = outbox.find(file, number)
    if mail is None:
        raise Http404
    return render(request, "portal/outbox_detail.html", {"section": "outbox", "mail": mail})
