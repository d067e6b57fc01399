"""People named in a text: "@" and the part of their e-mail address before the @, or the whole address."""

import re
from functools import reduce
from operator import or_

from django.db.models import Q

from portal.models import User

NAMED = re.compile(r"(?<![\w.@+-])@([\w+-]+(?:\.[\w+-]+)*(?:@[\w-]+(?:\.[\w-]+)+)?)")


def names_in(text: str) -> list[str]:
    """The names as written, each once, in the order of the text."""
    return list(dict.fromkeys(match.lower() for match in NAMED.findall(text)))


def people_named(text: str) -> tuple[list[User], list[str]]:
    """The people, and the names that are nobody's or more than one person's. One query."""
    names = names_in(text)
    if not names:
        return [], []
    asked = [Q(email__iexact=name) if "@" in name else Q(email__istartswith=f"{name}@") for name in names]
    found = list(User.objects.people().filter(reduce(or_, asked)).order_by("name", "pk"))
    people, unclear = [], []
    for name in names:
        fits = [one for one in found if one.email.lower() == name or one.email.lower().split("@")[0] == name]
        if len(fits) == 1:
            people.append(fits[0])
        else:
            unclear.append(name)
    return people, unclear
