"""People, units and cost centres for tests."""

from typing import Any

from django.contrib.auth.models import Group

from portal.models import BusinessUnit, CostCentre, User
from portal.models.user import Role


def make_unit(name: str = "Retail", **fields: Any) -> BusinessUnit:
    code = fields.pop("code", name.lower().replace(" ", "-"))
    unit, _created = BusinessUnit.objects.get_or_create(code=code, defaults={"name": name, **fields})
    return unit


def make_cost_centre(code: str = "410220", **fields: Any) -> CostCentre:
    unit = fields.pop("business_unit", None) or make_unit()
    defaults = {"name": "Stores", "business_unit": unit, **fields}
    centre, _created = CostCentre.objects.get_or_create(code=code, defaults=defaults)
    return centre


def make_person(name: str = "Priya Nair", *roles: Role, **fields: Any) -> User:
    """A person of the Retail unit; the address is made from the name."""
    email = fields.pop("email", name.lower().replace(" ", ".") + "@example.org")
    unit = fields.pop("business_unit", None) or make_unit()
    user = User.objects.create_user(email, None, name=name, business_unit=unit, **fields)
    for role in roles:
        user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    return user
