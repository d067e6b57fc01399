"""Halden's units, people, connectors and absences, from data/company.yaml."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.models import Group

from catalog.models import Connector
from portal.models import Absence, BusinessUnit, CostCentre, User
from portal.models.user import Role

DATA = Path(__file__).parent / "data"
DOMAIN = "halden.example"
RECORD_KEEPERS = {Role.STAFF, Role.ADMIN}


@cache
def facts() -> dict[str, list[dict[str, Any]]]:
    return yaml.safe_load((DATA / "company.yaml").read_text())


def address(person: str) -> str:
    return f"{person}@{DOMAIN}"


def load(now: datetime) -> dict[str, User]:
    """Make the company; returns its people by their id in the file."""
    units = make_units()
    make_cost_centres(units)
    people = make_people(units)
    join_up(units, people)
    make_services(units, people)
    make_absences(people, now)
    make_connectors()
    return people


def make_units() -> dict[str, BusinessUnit]:
    units: dict[str, BusinessUnit] = {}
    for row in facts()["units"]:
        units[row["code"]] = BusinessUnit.objects.create(
            code=row["code"], name=row["name"], parent=units.get(row.get("parent", ""))
        )
    return units


def make_cost_centres(units: dict[str, BusinessUnit]) -> None:
    CostCentre.objects.bulk_create(
        CostCentre(code=row["code"], name=row["name"], business_unit=units[row["unit"]])
        for row in facts()["cost_centres"]
    )


def make_people(units: dict[str, BusinessUnit]) -> dict[str, User]:
    centres = {centre.code: centre for centre in CostCentre.objects.all()}
    groups = {role: Group.objects.get_or_create(name=role.value)[0] for role in Role}
    people = {}
    for row in facts()["people"]:
        roles = [Role(role) for role in row.get("roles", [])]
        person = User.objects.create_user(
            address(row["id"]),
            None,
            name=row["name"],
            title=row["title"],
            business_unit=units[row["unit"]],
            cost_centre=centres[row["cost_centre"]],
            time_zone=row["zone"],
            is_staff=bool(RECORD_KEEPERS & set(roles)),
            is_superuser=Role.ADMIN in roles,
        )
        person.groups.add(*(groups[role] for role in roles))
        people[row["id"]] = person
    return people


def join_up(units: dict[str, BusinessUnit], people: dict[str, User]) -> None:
    """Managers and leads, once everybody is there."""
    for row in facts()["people"]:
        if "manager" in row:
            people[row["id"]].manager = people[row["manager"]]
    User.objects.bulk_update(people.values(), ["manager"])
    for row in facts()["units"]:
        units[row["code"]].lead = people[row["lead"]]
    BusinessUnit.objects.bulk_update(units.values(), ["lead"])


def make_services(units: dict[str, BusinessUnit], people: dict[str, User]) -> None:
    centres = {centre.code: centre for centre in CostCentre.objects.all()}
    for row in facts()["services"]:
        people[row["id"]] = User.objects.create_user(
            address(row["id"]),
            None,
            name=row["name"],
            is_service=True,
            steward=people[row["steward"]],
            business_unit=units[row["unit"]],
            cost_centre=centres[row["cost_centre"]],
        )


def make_absences(people: dict[str, User], now: datetime) -> None:
    for row in facts()["absences"]:
        person = people[row["person"]]
        today = person.local_date(now)
        Absence.objects.create(
            user=person,
            starts_on=today + timedelta(days=row["from"]),
            ends_on=today + timedelta(days=row["to"]),
            delegate=people.get(row.get("delegate", "")),
            note=row["note"],
        )


def make_connectors() -> None:
    for row in facts()["connectors"]:
        Connector.objects.create(
            slug=row["slug"],
            name=row["name"],
            summary=row["summary"],
            system=row["system"],
            host=row["host"],
            team=row["team"],
            data_classes=row["data"],
            status="blocked" if "blocked" in row else "approved",
            status_reason=row.get("blocked", ""),
        )
