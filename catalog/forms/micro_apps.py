"""The form of the contract, in sections. It cleans; the action saves."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals import rules
from catalog.actions import changes
from catalog.contract import FIELDS
from catalog.forms.dependencies import AppsField, ConnectorsField, HostsField
from catalog.forms.owners import CostCentreField, OwnerField
from catalog.forms.tags import TagsField
from catalog.material import material
from catalog.models import MicroApp
from catalog.states import LIVE_STATES, AppState
from portal.models import BusinessUnit, User
from portal.models.user import Role

SECTIONS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("What it is"), ("name", "purpose", "justification", "url", "repository_url")),
    (gettext_lazy("Who answers for it"), ("owner", "second_owner", "contact", "business_unit", "cost_centre")),
    (gettext_lazy("Use and data"), ("data_classification", "audience_size", "sla_tier", "lifespan_days", "tags")),
    (gettext_lazy("What it needs"), ("connectors", "hosts", "apps", "needs_nothing")),
)
WIDE = frozenset({"name", "purpose", "justification", "connectors", "needs_nothing"})
LISTS = ("connectors", "hosts", "apps")


class MicroAppForm(forms.ModelForm):
    owner = OwnerField()
    second_owner = OwnerField()
    cost_centre = CostCentreField()
    business_unit = forms.ModelChoiceField(BusinessUnit.objects.order_by("name"), to_field_name="code")
    url = forms.URLField(max_length=300, required=False, assume_scheme="https")
    repository_url = forms.URLField(max_length=300, required=False, assume_scheme="https")
    connectors = ConnectorsField(required=False)
    hosts = HostsField(required=False, help_text=gettext_lazy("One on each line, such as api.example.org."))
    apps = AppsField(required=False, help_text=AppsField.default_help)
    tags = TagsField(required=False, help_text=gettext_lazy("One on each line, such as “env: production”."))
    needs_nothing = forms.BooleanField(
        required=False, label=gettext_lazy("It needs no connector, no external host and no other app")
    )
    change_reason = forms.CharField(
        label=gettext_lazy("Why this change?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Needed when the app is to reach more data, more systems or many more people: a reviewer decides that part."
        ),
    )
    creation_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    class Meta:
        model = MicroApp
        fields = (
            "name", "purpose", "justification", "url", "repository_url", "owner", "second_owner", "contact",
            "business_unit", "cost_centre", "data_classification", "audience_size", "sla_tier", "lifespan_days", "tags",
        )  # fmt: skip
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 2}),
            "justification": forms.Textarea(attrs={"rows": 4}),
            "data_classification": forms.RadioSelect,
            "sla_tier": forms.RadioSelect,
        }
        help_texts = {
            "purpose": gettext_lazy("What the app does, in one or two sentences."),
            "justification": gettext_lazy("What the company gains, if you can in hours or money."),
            "contact": gettext_lazy("An e-mail address its users write to."),
            "lifespan_days": gettext_lazy("It ends after these days unless you renew it. 90 is usual."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for key, line in FIELDS.items():
            self.fields[key].label = line.label  # type: ignore[assignment]
            self.fields[key].help_why = line.why  # type: ignore[attr-defined]
        for name in ("data_classification", "sla_tier"):
            self.fields[name].choices = [c for c in self.fields[name].choices if c[0]]  # type: ignore[attr-defined]
        for name in WIDE:
            self.fields[name].wide = True  # type: ignore[attr-defined]
        for name in ("owner", "second_owner"):
            self.fields[name].help_text = _("An e-mail address or a full name. Suggestions appear as you type.")
        if self.instance.pk and self.instance.state != AppState.DRAFT:
            self.fields["owner"].disabled = True
            self.fields["owner"].help_text = _("An app changes its owner by a hand-over, which the new owner accepts.")
        self.fields["apps"].user = user  # type: ignore[attr-defined]
        self.fields["apps"].itself = self.instance.pk  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["connectors"].standing = frozenset(  # type: ignore[attr-defined]
                self.instance.connector_uses.values_list("connector_id", flat=True)
            )

    @property
    def is_live(self) -> bool:
        return bool(self.instance.pk) and self.instance.state in LIVE_STATES

    def sections(self) -> Iterator[tuple[str | Promise, list[forms.BoundField]]]:
        for title, names in SECTIONS:
            yield title, [self[name] for name in names]
        if self.is_live:
            yield _("If it changes materially"), [self["change_reason"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (owner := cleaned.get("owner")) and owner == cleaned.get("second_owner"):
            self.add_error("second_owner", _("The second owner must be somebody else than the owner."))
        service, second = cleaned.get("owner"), cleaned.get("second_owner")
        if service and second and not self.instance.pk and not self.concerns(service, second):
            self.add_error(
                "owner", _("Name yourself as owner or second owner. Only C4E staff describe apps for others.")
            )
        if service and service.is_service and second and service.steward_id == second.pk:
            self.add_error(
                "second_owner",
                _("%(steward)s answers for the service identity already. Name somebody else.") % {"steward": second},
            )
        if all(name in cleaned for name in LISTS):
            some = any(cleaned[name] for name in LISTS)
            if not some and not cleaned.get("needs_nothing"):
                self.add_error("needs_nothing", _("Name what the app needs, or tick that it needs nothing."))
            if some and cleaned.get("needs_nothing"):
                self.add_error("needs_nothing", _("You named something the app needs. Untick this, or remove it."))
        if self.is_live and not self.errors and not cleaned.get("change_reason") and self.is_material(cleaned):
            self.add_error(
                "change_reason", _("The app would reach more data, systems or people. Say why; a reviewer decides.")
            )
        return cleaned

    def is_material(self, cleaned: dict[str, Any]) -> bool:
        before = changes.standing(MicroApp.objects.get(pk=self.instance.pk))
        return bool(material(before, changes.wanted(cleaned), rules.standing("risk").values))

    def concerns(self, owner: User, second_owner: User) -> bool:
        """May this person describe an app of these two?"""
        own = {owner.pk, second_owner.pk} & set(self.user.answers_for)
        return bool(own) or self.user.has_role(Role.STAFF)

    def validate_constraints(self) -> None:
        """What the database refuses is said above, beside the field."""

    @property
    def values(self) -> dict[str, Any]:
        """The contract, as the action takes it."""
        return {key: self.cleaned_data[key] for key in FIELDS}

    @property
    def key(self) -> UUID | None:
        return self.cleaned_data["creation_key"]

    @property
    def seen(self) -> datetime | None:
        """The moment of the record the person was looking at."""
        try:
            return parse_datetime(self.cleaned_data["seen_at"])
        except ValueError:
            return None


def first_values(user: User) -> dict[str, Any]:
    """What the profile already says."""
    return {
        "owner": user,
        "contact": user.email,
        "business_unit": user.business_unit.code if user.business_unit else None,
        "cost_centre": user.cost_centre if user.cost_centre and user.cost_centre.is_open else None,
        "data_classification": "internal",
        "sla_tier": "best_effort",
        "lifespan_days": FIELDS["lifespan_days"].default,
        "creation_key": uuid4(),
    }


def standing_values(app: MicroApp) -> dict[str, Any]:
    """What the record says, for the fields a model form does not fill."""
    connectors = list(app.connector_uses.values_list("connector__slug", flat=True))
    hosts = list(app.hosts.order_by("host").values_list("host", flat=True))
    apps = [row.needed for row in app.needs.select_related("needed").order_by("needed__name")]
    return {
        "owner": app.owner,
        "second_owner": app.second_owner,
        "business_unit": app.business_unit.code,
        "cost_centre": app.cost_centre,
        "connectors": connectors,
        "hosts": hosts,
        "apps": apps,
        "needs_nothing": not (connectors or hosts or apps),
        "seen_at": app.updated_at.isoformat(),
    }
