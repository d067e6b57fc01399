"""The people that the sign-in page of a local demo offers, in the order shown: address, and what they are for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.models import User


@dataclass(frozen=True)
class DemoPerson:
    user: User
    part: str | Promise


PEOPLE: tuple[tuple[str, Promise], ...] = (
    ("priya.nair@example.org", _("Maker, owns several apps")),
    ("tomas.ruiz@example.org", _("Maker, second owner")),
    ("mei.chen@example.org", _("Reviewer")),
    ("ana.kovac@example.org", _("C4E staff")),
    ("lars.holm@example.org", _("Board member")),
    ("noor.haddad@example.org", _("Auditor")),
    ("sam.okoye@example.org", _("Administrator")),
)


def present() -> list[DemoPerson]:
    """Those of the list who have an account here."""
    parts = dict(PEOPLE)
    users = {user.email: user for user in User.objects.people().filter(email__in=parts)}
    return [DemoPerson(users[email], part) for email, part in PEOPLE if email in users]


def find(email: str) -> User | None:
    """The listed person with this address; nobody else can be signed in without a password."""
    if email not in dict(PEOPLE):
        return None
    return User.objects.people().filter(email=email).first()
