"""What people find in the catalog: apps, connectors, discoveries, and what they can do with their own apps."""

from datetime import timedelta

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.models import AppTemplate, Connector, Discovery, MicroApp
from portal.models import User
from portal.models.user import Role
from portal.navigation import address
from portal.search import Group, Hit, fits, register, suggest

DUE = 30


def apps(user: User, words: str, limit: int) -> list[Hit]:
    """Apps this person may see, the closest name first, then the best text."""
    found = MicroApp.objects.visible_to(user).matching(words).ranked(words).order_by("-relevance", "pk")  # type: ignore[misc]
    return [Hit(app.name, app.get_absolute_url(), "box", app.get_state_display()) for app in found[:limit]]


def templates(user: User, words: str, limit: int) -> list[Hit]:
    """What the marketplace offers, the closest name first."""
    close = TrigramWordSimilarity(words, "name")
    found = AppTemplate.objects.published().matching(words).order_by(close.desc(), "name")
    return [Hit(one.name, one.get_absolute_url(), "layout-template", one.get_kind_display()) for one in found[:limit]]


def connectors(user: User, words: str, limit: int) -> list[Hit]:
    close = TrigramWordSimilarity(words, "name")
    named = Q(name__icontains=words) | Q(system__icontains=words) | Q(name__trigram_word_similar=words)
    found = Connector.objects.filter(named).order_by(close.desc(), "name")[:limit]
    return [Hit(one.name, one.get_absolute_url(), "plug", one.get_status_display()) for one in found]


def discoveries(user: User, words: str, limit: int) -> list[Hit]:
    """For those who triage them only."""
    if not user.has_role(Role.STAFF):
        return []
    close = TrigramWordSimilarity(words, "name")
    named = Q(name__icontains=words) | Q(name__trigram_word_similar=words)
    found = Discovery.objects.filter(named).order_by(close.desc(), "-pk")[:limit]
    return [Hit(one.name, one.get_absolute_url(), "radar", one.get_state_display()) for one in found]


def actions(user: User, words: str, limit: int) -> list[Hit]:
    """A new app, and a renewal for each of my apps that ends soon."""
    hits = []
    new, name = address("catalog:micro_app_create"), _("New app")
    if new and fits(words, name):
        hits.append(Hit(name, new, "plus"))
    first = words.split(" ", 1)[0]
    if fits(first, _("Renew %(app)s") % {"app": ""}):  # else the app itself is found by its name; no query for nothing
        hits += [hit for hit in renewals(user) if fits(words, hit.name)]
    return hits


def renewals(user: User) -> list[Hit]:
    today = user.local_date(timezone.now())
    due = MicroApp.objects.owned_by(user).live().filter(expires_on__lt=today + timedelta(days=DUE))
    hits = []
    for app in due.order_by("expires_on", "pk")[:5]:
        left = app.days_left(today) or 0
        hint = ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left} if left > 0 else _("ended")
        hits.append(Hit(_("Renew %(app)s") % {"app": app.name}, app.get_absolute_url(), "rotate-ccw", hint))
    return hits


suggest(actions)
register(Group("templates", gettext_lazy("Templates"), templates, order=25))
register(Group("apps", gettext_lazy("Apps"), apps, order=30))
register(Group("connectors", gettext_lazy("Connectors"), connectors, order=40))
register(Group("discoveries", gettext_lazy("Discoveries"), discoveries, order=50))
