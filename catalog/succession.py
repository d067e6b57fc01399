"""Who can answer for an app after somebody, as pure functions of people."""

from catalog.models import MicroApp
from portal.models import User


def stays(person: User | None) -> bool:
    """A person with an open account who has not said that they leave."""
    return person is not None and person.is_active and not person.is_service and person.leaves_on is None


def successor(app: MicroApp) -> User | None:
    """Who is asked to take over: the second owner, then the owner's manager. None is a case for the C4E."""
    return next((person for person in (app.second_owner, app.owner.manager) if stays(person)), None)
