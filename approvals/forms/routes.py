"""The stages of a route: one small form for each, and one for the reason."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from approvals.models import ApproverGroup
from approvals.stage_rules import RELATIONS, Approver, StageMode, StageRules, Who
from portal.forms.people_field import PeopleField
from portal.models import User
from portal.models.user import Role

MOST_STAGES = 6


def days_field(label: Any, initial: int) -> forms.IntegerField:
    """A step before or after the due day; 0 turns it off."""
    return forms.IntegerField(label=label, help_text=_("0 for none."), min_value=0, max_value=30, initial=initial)


class StageForm(forms.Form):
    """A stage without a name is left out; so removing one is emptying its name."""

    name = forms.CharField(
        label=_("Name of the stage"), required=False, max_length=80, help_text=_("Empty it to leave the stage out.")
    )
    mode = forms.ChoiceField(
        label=_("Who must answer"), choices=StageMode.choices, initial=StageMode.FIRST, widget=forms.RadioSelect
    )
    quorum = forms.IntegerField(label=_("How many, if a number"), min_value=1, max_value=50, initial=2)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    groups = forms.MultipleChoiceField(
        label=_("Approver groups"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    relations = forms.MultipleChoiceField(
        label=_("By relation"),
        choices=[(who.value, who.label) for who in RELATIONS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people = PeopleField(label=_("People"), required=False, help_text=_("One to a line: e-mail address or name."))
    days = forms.IntegerField(label=_("Business days to decide"), min_value=1, max_value=60, initial=2)
    remind = days_field(_("Reminder, days before"), 1)
    stand_in = days_field(_("Stand-ins, days after"), 1)
    escalate = days_field(_("C4E, days after"), 3)

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("name") and not self.errors and not self.approvers():
            self.add_error("roles", _("Choose at least one: a role, a group, a relation or a person."))
        return said

    def approvers(self) -> tuple[Approver, ...]:
        said = self.cleaned_data
        return (
            *(Approver(relation) for relation in said["relations"]),
            *(Approver(Who.ROLE, role) for role in said["roles"]),
            *(Approver(Who.GROUP, slug) for slug in said["groups"]),
            *(Approver(Who.PERSON, str(person.pk)) for person in said["people"]),
        )

    @property
    def rules(self) -> StageRules | None:
        said = self.cleaned_data
        if not said.get("name"):
            return None
        numbers = {key: said[key] for key in ("quorum", "days", "remind", "stand_in", "escalate")}
        return StageRules(name=said["name"], approvers=self.approvers(), mode=said["mode"], **numbers)


def initial_of(rules: StageRules) -> dict[str, Any]:
    """The rules as the form shows them."""
    people = User.objects.filter(pk__in=[int(pk) for pk in rules.values(Who.PERSON)])
    return {
        **{key: getattr(rules, key) for key in ("name", "mode", "quorum", "days", "remind", "stand_in", "escalate")},
        "roles": rules.values(Who.ROLE),
        "groups": rules.values(Who.GROUP),
        "relations": [relation.value for relation in RELATIONS if rules.names(relation)],
        "people": list(people.order_by("name")),
    }


StageForms = formset_factory(StageForm, extra=1, max_num=MOST_STAGES, absolute_max=MOST_STAGES, validate_max=True)


def stages_of(forms: "BaseFormSet[StageForm]") -> list[StageRules]:
    """The stages as they were written, in order, without those left out."""
    return [form.rules for form in forms if form.rules is not None]


def group_choices() -> list[tuple[str, str]]:
    return list(ApproverGroup.objects.values_list("slug", "name"))


class RouteReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is kept with the version."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
