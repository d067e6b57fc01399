"""The fields every micro app states, as data. Form, manifest, import and API ask for the same ones, by the same words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Field:
    """One line of the contract: `key` is its column, `manifest` its place in microapp.yaml, `why` the reason it is asked.

    A field with a `default` may be left out. `stated` fields are lists: an empty list is an answer, none at all is not."""

    key: str
    manifest: str
    label: Text
    why: Text
    default: Any = None
    is_mandatory: bool = True
    is_stated: bool = False


_FIELDS = (
    Field("name", "name", _("Name"), _("People look for the app by its name, so it should say what the app does.")),
    Field(
        "purpose",
        "purpose",
        _("Purpose"),
        _("One or two sentences tell a reviewer and the next owner what the app is for."),
    ),
    Field(
        "justification",
        "justification",
        _("Business justification"),
        _("The gain is weighed against cost and risk at approval and at each renewal."),
    ),
    Field(
        "owner", "owner", _("Owner"), _("Somebody answers for the app: renewals, questions and incidents go to them.")
    ),
    Field(
        "second_owner",
        "second_owner",
        _("Second owner"),
        _("When the owner is away or leaves, the second owner keeps the app from being orphaned."),
    ),
    Field("contact", "contact", _("Contact"), _("People who use the app write here when it does not work.")),
    Field(
        "business_unit",
        "business_unit",
        _("Business unit"),
        _("Rules, reports and the board's figures are kept for each unit."),
    ),
    Field("cost_centre", "cost_centre", _("Cost centre"), _("What the app costs is charged here.")),
    Field(
        "data_classification",
        "data_classification",
        _("Data it handles"),
        _("Confidential and personal data need more protection, so they raise the risk and the care of the review."),
    ),
    Field(
        "audience_size",
        "audience_size",
        _("People who use it"),
        _("The more people depend on the app, the more a failure hurts."),
    ),
    Field("sla_tier", "sla_tier", _("Service level"), _("It says how soon somebody must act when the app stops.")),
    Field(
        "connectors",
        "dependencies.connectors",
        _("Connectors"),
        _("Approved connectors are the safe way to company data. When one changes, its users are told."),
        is_stated=True,
    ),
    Field(
        "hosts",
        "dependencies.hosts",
        _("External hosts"),
        _("Calls that pass by the connectors are looked at one by one."),
        is_stated=True,
    ),
    Field(
        "apps",
        "dependencies.apps",
        _("Apps it needs"),
        _("Nobody archives an app that another one needs without knowing it."),
        is_stated=True,
    ),
    Field(
        "lifespan_days",
        "lifespan_days",
        _("Expected lifespan in days"),
        _("Every app ends on a day unless its owner renews it, so that nothing runs on forgotten."),
        default=90,
    ),
    Field(
        "tags",
        "tags",
        _("Tags"),
        _("Rules and reports may ask for labels, such as the environment or who answers for the data."),
        is_mandatory=False,
    ),
    Field("url", "url", _("Where it runs"), _("The page of the app leads people to it."), is_mandatory=False),
    Field(
        "repository_url",
        "repository_url",
        _("Repository"),
        _("It says where the source and its microapp.yaml live."),
        is_mandatory=False,
    ),
)
FIELDS: dict[str, Field] = {field.key: field for field in _FIELDS}
MANDATORY = tuple(field for field in _FIELDS if field.is_mandatory)


def is_answered(field: Field, value: Any) -> bool:
    """Does `value` answer the field? Blank text does not; an empty list does where nothing is a possible answer."""
    if isinstance(value, str):
        return bool(value.strip())
    if field.is_stated:
        return value is not None
    return value is not None and value != 0 and value is not False


def gaps(values: Mapping[str, Any]) -> list[str]:
    """The keys of the mandatory fields that `values` leaves open, in the order of the contract.

    A field with a default is no gap; a dependency list that is absent is one, an empty list is the answer "none"."""
    return [field.key for field in MANDATORY if field.default is None and not is_answered(field, values.get(field.key))]
