"""What the floor itself lets people find: pages, a few actions, and people."""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import User
from portal.models.user import Role
from portal.navigation import address, entries_for
from portal.search import Group, Hit, fits, register, suggest


def pages(user: User, words: str, limit: int) -> list[Hit]:
    """Pages of the sidebar that this person may open."""
    found = [
        Hit(str(entry.label), url, entry.icon, f"G {entry.go.upper()}" if entry.go else "")
        for entry, url in entries_for(user)
        if fits(words, entry.label)
    ]
    return found[:limit]


def floor_actions(user: User, words: str, limit: int) -> list[Hit]:
    lines = [(_("Set out of office"), address("absence_list"), "plane"), (_("Preferences"), address("preferences"), "settings")]
    if user.has_role(Role.STAFF):
        lines.append((_("New person"), address("person_create"), "user-plus"))
    return [Hit(name, url, icon) for name, url, icon in lines if words and fits(words, name)]


def people(user: User, words: str, limit: int) -> list[Hit]:
    """Open accounts, the closest name first."""
    close = TrigramWordSimilarity(words, "name")
    found = User.objects.people().matching(words).select_related("business_unit").order_by(close.desc(), "name")
    return [
        Hit(person.name, person.get_absolute_url(), "user", str(person.title or person.business_unit or ""))
        for person in found[:limit]
    ]


suggest(floor_actions)
register(Group("pages", gettext_lazy("Go to"), pages, order=10, idle=True))
register(Group("people", gettext_lazy("People"), people, order=90))
