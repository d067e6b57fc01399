"""The people that the sign-in page of a local demo offers, in the order shown: address, and what they are for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.models import User


@dataclass(frozen=True)
class DemoPerson:
    user: User
    part: str | Promise


DOMAIN = "halden.example"
PEOPLE: tuple[tuple[str, Promise], ...] = (
    (f"priya.nair@{DOMAIN}", _("Maker, owns several apps")),
    (f"tomas.ruiz@{DOMAIN}", _("Maker, second owner")),
    (f"jonas.berg@{DOMAIN}", _("Maker, leaves the company soon")),
    (f"mei.chen@{DOMAIN}", _("Reviewer")),
    (f"ana.kovac@{DOMAIN}", _("C4E staff")),
    (f"ben.clarke@{DOMAIN}", _("C4E staff, the second pair of eyes")),
    (f"grace.adeyemi@{DOMAIN}", _("Board member and manager")),
    (f"noor.haddad@{DOMAIN}", _("Auditor")),
    (f"sam.okoye@{DOMAIN}", _("Administrator")),
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
