"""The list of people as the URL asks for it."""

from collections.abc import Callable, Mapping

from portal.forms.people import PersonSearchForm
from portal.models import User
from portal.models.user import UserQuerySet

STATUS: Mapping[str, Callable[[UserQuerySet], UserQuerySet]] = {
    "": lambda people: people.filter(is_active=True),
    "leaving": lambda people: people.leaving(),
    "closed": lambda people: people.closed(),
    "all": lambda people: people,
}
KIND: Mapping[str, Callable[[UserQuerySet], UserQuerySet]] = {
    "": lambda people: people,
    "person": lambda people: people.filter(is_service=False),
    "service": lambda people: people.services(),
}


def selected(form: PersonSearchForm) -> UserQuerySet:
    """The people that pass every filter of the form; a filter with nonsense in it counts as not set."""
    form.is_valid()
    asked = form.cleaned_data
    people: UserQuerySet = User.objects.all()
    if words := asked.get("q"):
        people = people.matching(words)
    if unit := asked.get("unit"):
        people = people.in_unit(unit)
    if role := asked.get("role"):
        people = people.in_role(role)
    return KIND[asked.get("kind", "")](STATUS[asked.get("status", "")](people)).for_table()
