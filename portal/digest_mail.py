"""The daily mail itself: what it says, grouped, as text and as HTML."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import notifications
from portal.models import Absence, Digest, Notification, User
from portal.notifications import Wording

SHOWN = 60
Link = Callable[[Notification, User], str]
LINKS: dict[str, Link] = {}  # kind -> the address its line carries, e.g. a signed link that needs no sign-in


@dataclass(frozen=True)
class Line:
    says: Wording
    url: str


@dataclass
class Section:
    title: str
    lines: list[Line] = field(default_factory=list)


def send(digest: Digest) -> bool:
    """Send the digest's mail in its reader's language and time; False when everything in it was answered meanwhile."""
    rows = list(digest.notifications.filter(closed_at=None).select_related("user").order_by("-asks", "-id"))
    rows = [row for row in rows if row.kind in notifications.KINDS]
    if not rows:
        return False
    with translation.override(settings.LANGUAGE_CODE), timezone.override(digest.user.zone):
        mail(digest, rows).send()
    return True


def mail(digest: Digest, rows: list[Notification]) -> EmailMultiAlternatives:
    preferences = settings.SITE_URL + reverse("preferences")
    context = {
        "reader": digest.user,
        "sections": sections(digest, rows[:SHOWN]),
        "more": len(rows) - SHOWN,
        "title": subject(rows),
        "list_url": settings.SITE_URL + reverse("notification_list"),
        "preferences_url": preferences,
        "site_url": settings.SITE_URL,
    }
    message = EmailMultiAlternatives(
        subject(rows),
        render_to_string("emails/digest.txt", context),
        to=[digest.user.email],
        headers={
            "Message-ID": f"<digest-{digest.user_id}-{digest.day:%Y%m%d}@{urlsplit(settings.SITE_URL).hostname}>",
            "List-Unsubscribe": f"<{preferences}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("emails/digest.html", context), "text/html")
    return message


def subject(rows: list[Notification]) -> str:
    asks = sum(row.asks for row in rows)
    if asks:
        return ngettext("%(count)d thing needs you", "%(count)d things need you", asks) % {"count": asks}
    count = len(rows)
    return ngettext("%(count)d thing is new for you", "%(count)d things are new for you", count) % {"count": count}


def sections(digest: Digest, rows: list[Notification]) -> list[Section]:
    """What needs an answer, what is good to know, then what is asked of each colleague the reader stands in for."""
    others = {row.user_id for row in rows} - {digest.user_id}
    away = dict(Absence.objects.on(digest.day).filter(user__in=others).values_list("user", "ends_on")) if others else {}
    found: dict[str, Section] = {}
    for row in sorted(rows, key=lambda row: row.user_id != digest.user_id):
        title = heading(digest, row, away.get(row.user_id))
        found.setdefault(title, Section(title)).lines.append(
            Line(notifications.wording(row), address(row, digest.user))
        )
    return list(found.values())


def heading(digest: Digest, row: Notification, away_until: date | None) -> str:
    if row.user_id == digest.user_id:
        return _("Needs your answer") if row.asks else _("Good to know")
    if away_until is None:
        return _("For %(name)s") % {"name": row.user}
    return _("For %(name)s, away until %(day)s") % {"name": row.user, "day": formats.date_format(away_until, "j F Y")}


def address(row: Notification, reader: User) -> str:
    """Where the line leads, as an absolute address."""
    url = LINKS[row.kind](row, reader) if row.kind in LINKS else row.url
    return settings.SITE_URL + url if url.startswith("/") else url
