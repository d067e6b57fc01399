"""Names in a file to people, units, cost centres, connectors and apps: a fixed number of queries for each batch."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from catalog import contract
from catalog.importing.values import Cleaned
from catalog.models import Connector, MicroApp
from portal.models import BusinessUnit, CostCentre, User


@dataclass
class Resolved:
    """`values` holds rows of ours, `told` the same in words (address, code, slug), `problems` what did not match."""

    values: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def gaps(self) -> list[str]:
        return contract.gaps(self.values)

    @property
    def known(self) -> dict[str, Any]:
        """For a discovery: what matched, in words, and as found what did not."""
        return {**self.texts, **self.told}

    def refuse(self, key: str, problem: str, text: str) -> None:
        self.values.pop(key, None)
        self.told.pop(key, None)
        self.problems[key], self.texts[key] = problem, text


class Directory:
    """Everyone and everything that the rows of one batch name. `expected` are apps that this run is
    creating, by their number."""

    def __init__(self, rows: Iterable[Cleaned], source: str, expected: dict[str, MicroApp]) -> None:
        rows = list(rows)
        self.expected = expected
        self.people = people_named(
            {row.values[key] for row in rows for key in ("owner", "second_owner") if key in row.values}
        )
        self.units = keyed(BusinessUnit.objects.all(), "code", "name")
        codes = {row.values["cost_centre"].split()[0] for row in rows if "cost_centre" in row.values}
        self.centres = {centre.code: centre for centre in CostCentre.objects.filter(code__in=codes)}
        self.connectors = keyed(Connector.objects.all(), "slug", "name")
        self.apps = apps_named({ref for row in rows for ref in row.values.get("apps", ())}, source)

    def resolve(self, cleaned: Cleaned) -> Resolved:
        """The row with every name looked up."""
        result = Resolved(problems=dict(cleaned.problems), texts=dict(cleaned.texts))
        for key, value in cleaned.values.items():
            finder = FINDERS.get(key)
            if finder is None:
                result.values[key] = value
                result.told[key] = sorted(value) if isinstance(value, list) else value
            else:
                finder(self, result, key, value)  # type: ignore[operator]
        owner, second = result.values.get("owner"), result.values.get("second_owner")
        if owner is not None and owner == second:
            result.refuse("second_owner", _("it is the owner again; name somebody else"), result.told["second_owner"])
        return result

    def find_person(self, result: Resolved, key: str, value: str) -> None:
        found = self.people.get(value.casefold(), [])
        if len(found) == 1:
            result.values[key], result.told[key] = found[0], found[0].email
        elif found:
            result.refuse(
                key, _("more than one person is called “%(text)s”; use the e-mail") % {"text": value[:80]}, value
            )
        else:
            result.refuse(key, _("nobody here has the e-mail or name “%(text)s”") % {"text": value[:80]}, value)

    def find_unit(self, result: Resolved, key: str, value: str) -> None:
        found = self.units.get(value.casefold(), [])
        if len(found) == 1:
            result.values[key], result.told[key] = found[0], found[0].code
        else:
            result.refuse(key, _("there is no business unit “%(text)s”") % {"text": value[:80]}, value)

    def find_centre(self, result: Resolved, key: str, value: str) -> None:
        found = self.centres.get(value.split()[0])
        if found is None:
            result.refuse(key, _("there is no cost centre “%(text)s”") % {"text": value[:80]}, value)
        elif not found.is_open:
            result.refuse(key, _("cost centre %(code)s is closed") % {"code": found.code}, value)
        else:
            result.values[key], result.told[key] = found, found.code

    def find_connectors(self, result: Resolved, key: str, value: list[str]) -> None:
        found = {name: self.connectors.get(name.casefold(), []) for name in value}
        if unknown := [name for name, rows in found.items() if len(rows) != 1]:
            names = ", ".join(unknown)[:200]
            result.refuse(key, _("not in the connector catalog: %(names)s") % {"names": names}, "; ".join(value))
            return
        result.values[key] = list({rows[0].pk: rows[0] for rows in found.values()}.values())
        result.told[key] = sorted(row.slug for row in result.values[key])

    def find_apps(self, result: Resolved, key: str, value: list[str]) -> None:
        expected = {ref: [self.expected[ref]] for ref in value if ref in self.expected}
        found = {ref: self.apps.get(ref, expected.get(ref, [])) for ref in value}
        if unknown := [ref for ref, rows in found.items() if len(rows) != 1]:
            names = ", ".join(unknown)[:200]
            result.refuse(key, _("not in the catalog: %(names)s") % {"names": names}, "; ".join(value))
            return
        result.values[key] = list({rows[0].slug: rows[0] for rows in found.values()}.values())
        result.told[key] = sorted(app.slug for app in result.values[key])


FINDERS = {
    "owner": Directory.find_person,
    "second_owner": Directory.find_person,
    "business_unit": Directory.find_unit,
    "cost_centre": Directory.find_centre,
    "connectors": Directory.find_connectors,
    "apps": Directory.find_apps,
}


def keyed(rows: Iterable[Any], *names: str) -> dict[str, list[Any]]:
    """Rows by each of these attributes, without regard to case; a row once for each key."""
    found: dict[str, dict[int, Any]] = defaultdict(dict)
    for row in rows:
        for name in names:
            found[getattr(row, name).casefold()][row.pk] = row
    return {key: list(rows.values()) for key, rows in found.items()}


def people_named(texts: set[str]) -> dict[str, list[User]]:
    """Active people by e-mail or by whole name, in lower case; an e-mail wins over a name."""
    wanted = {text.casefold() for text in texts}
    found: dict[str, list[User]] = {}
    if not wanted:
        return found
    for person in User.objects.people().annotate(low=Lower("name")).filter(low__in=wanted):
        found.setdefault(person.name.casefold(), []).append(person)
    for person in User.objects.people().annotate(low=Lower("email")).filter(low__in=wanted):
        found[person.email.casefold()] = [person]
    return found


def apps_named(refs: set[str], source: str) -> dict[str, list[MicroApp]]:
    """Apps by their number in the same source, else by address, else by name."""
    if not refs:
        return {}
    same_source = Q(source_system=source, external_id__in=refs)
    by: dict[str, dict[str, list[MicroApp]]] = {"number": {}, "slug": {}, "name": {}}
    for app in MicroApp.objects.filter(same_source | Q(slug__in=refs) | Q(name__in=refs)):
        if app.source_system == source and app.external_id:
            by["number"].setdefault(app.external_id, []).append(app)
        by["slug"].setdefault(app.slug, []).append(app)
        by["name"].setdefault(app.name, []).append(app)
    return {
        ref: next(kind[ref] for kind in by.values() if ref in kind)
        for ref in refs
        if any(ref in k for k in by.values())
    }
