"""The clone wizard's steps: the form of the contract, shown in parts. Rules of the contract stand there and only there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.forms.micro_apps import MicroAppForm, first_values
from catalog.models import AppTemplate, CloneDraft, Connector, TemplateVersion
from catalog.models.micro_app import DataClass
from portal.models import User

Posted = Mapping[str, str | list[str]]
DRAFT_KEYS = frozenset({"creation_key", "seen_at", "change_reason"})


@dataclass(frozen=True)
class Step:
    """`slug` stands in the address; `fields` are of the contract. `asks` says that the template's own questions stand here."""

    slug: str
    title: str | Promise
    fields: tuple[str, ...]
    asks: bool = False


STEPS = (
    Step("name", gettext_lazy("Name and purpose"), ("name", "purpose", "justification"), asks=True),
    Step(
        "owner",
        gettext_lazy("Owner and cost centre"),
        ("owner", "second_owner", "contact", "business_unit", "cost_centre"),
    ),
    Step(
        "data",
        gettext_lazy("Data and connectors"),
        ("data_classification", "audience_size", "connectors", "hosts", "apps", "needs_nothing"),
    ),
    Step("lifespan", gettext_lazy("Lifespan"), ("lifespan_days", "sla_tier", "tags")),
)
REVIEW = "review"
TITLES = (*(step.title for step in STEPS), gettext_lazy("Review"))


def number_of(slug: str) -> int:
    """From 1; 0 for an unknown step."""
    return next((number for number, step in enumerate(STEPS, 1) if step.slug == slug), 5 if slug == REVIEW else 0)


class CloneForm(MicroAppForm):
    """The contract of an app made from a template: it touches at least what the template touches."""

    def __init__(self, *args: Any, version: TemplateVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.touches: dict[str, Any] = version.metadata["touches"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = {connector.slug for connector in cleaned.get("connectors") or []}
        lacking = [slug for slug in self.touches["connectors"] if slug not in chosen]
        if "connectors" in cleaned and lacking:
            names = Connector.objects.filter(slug__in=lacking).order_by("name").values_list("name", flat=True)
            said = _("The template works with %(names)s. Keep it ticked, or choose another template.")
            self.add_error("connectors", said % {"names": ", ".join(names)})
        missing = [host for host in self.touches["hosts"] if host not in (cleaned.get("hosts") or [])]
        if "hosts" in cleaned and missing:
            said = _("The template calls %(hosts)s. Keep it in the list, or choose another template.")
            self.add_error("hosts", said % {"hosts": ", ".join(missing)})
        order = list(DataClass.values)
        least, given = self.touches["data_classification"], cleaned.get("data_classification")
        if given and order.index(given) < order.index(least):
            said = _("The template is made for “%(least)s”. Choose that, or what needs more protection.")
            self.add_error("data_classification", said % {"least": DataClass(least).label})
        return cleaned


def blank(user: User, version: TemplateVersion) -> CloneForm:
    """What the profile and the template already say."""
    touches = version.metadata["touches"]
    nothing = not touches["connectors"] and not touches["hosts"]
    initial = {
        **first_values(user),
        "data_classification": touches["data_classification"],
        "connectors": touches["connectors"],
        "hosts": list(touches["hosts"]),
        "needs_nothing": nothing,
    }
    return CloneForm(user=user, version=version, initial=initial)


def first_posted(user: User, template: AppTemplate) -> dict[str, str | list[str]]:
    """The same as a browser would send it, to begin a draft with."""
    assert template.latest is not None
    form = blank(user, template.latest)
    return {name: raw(form[name]) for name in form.fields if name not in DRAFT_KEYS}


def raw(field: forms.BoundField) -> str | list[str]:
    value = field.value()
    if isinstance(value, list | tuple):
        return [str(part) for part in value]
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def shown(draft: CloneDraft) -> CloneForm:
    """The contract as the draft has it, to look at: nothing is found wrong yet."""
    return CloneForm(user=draft.by, version=draft.version, initial=draft.contract)


def bound(draft: CloneDraft, posted: Posted | None = None) -> CloneForm:
    """The whole contract as the draft has it, with what was just sent on top, to be cleaned."""
    data = QueryDict(mutable=True)
    for name, value in {**draft.contract, **(posted or {})}.items():
        if name in CloneForm.base_fields and value not in ("", []):
            data.setlist(name, [value] if isinstance(value, str) else list(value))
    return CloneForm(data, user=draft.by, version=draft.version)


def posted_of(step: Step, data: QueryDict) -> dict[str, str | list[str]]:
    """What a step sent, field by field: a list where several may be chosen, empty where nothing was."""
    return {
        name: data.getlist(name) if name == "connectors" else data.get(name, "")[:5_000].replace("\x00", "")
        for name in step.fields
    }


class StepForm:
    """A part of the contract for a page: its fields and only its errors. The error summary takes it for a form."""

    def __init__(self, form: CloneForm, step: Step) -> None:
        self.form, self.step = form, step

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (self.form[name] for name in self.step.fields)

    def non_field_errors(self) -> list[str]:
        return []

    def is_valid(self) -> bool:
        return not any(name in self.form.errors for name in self.step.fields)


def first_incomplete(form: CloneForm, *, answered: bool) -> int:
    """The number of the first step with something to fill in or put right; the review when there is none."""
    for number, step in enumerate(STEPS, 1):
        if not StepForm(form, step).is_valid() or (step.asks and not answered):
            return number
    return len(STEPS) + 1
