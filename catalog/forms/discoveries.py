"""Forms about a discovery: the reason to retire it, and the contract that adopting it completes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.contract import FIELDS
from catalog.hosts import clean_hosts
from catalog.models import Connector, Discovery, MicroApp
from catalog.models.micro_app import DEFAULT_LIFESPAN, DataClass, SlaTier
from portal.models import BusinessUnit, CostCentre, User
from portal.models.user import Role

BLANK = [("", gettext_lazy("Choose one"))]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why does it need no record?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why it can be retired.")},
    )


class AdoptionForm(forms.ModelForm):
    """The whole contract, filled with what the source knows. People are named by their e-mail."""

    owner = forms.CharField(max_length=254, help_text=gettext_lazy("E-mail or full name of one person."))
    second_owner = forms.CharField(max_length=254, help_text=gettext_lazy("E-mail or full name of somebody else."))
    url = forms.URLField(label=gettext_lazy("Where it runs"), max_length=300, required=False, assume_scheme="https")
    repository_url = forms.URLField(
        label=gettext_lazy("Repository"), max_length=300, required=False, assume_scheme="https"
    )
    data_classification = forms.ChoiceField(choices=[*BLANK, *DataClass.choices])
    sla_tier = forms.ChoiceField(choices=[*BLANK, *SlaTier.choices])
    business_unit = forms.ModelChoiceField(
        BusinessUnit.objects.order_by("name"), empty_label=gettext_lazy("Choose one")
    )
    cost_centre = forms.ModelChoiceField(
        CostCentre.objects.filter(is_open=True).order_by("code"), empty_label=gettext_lazy("Choose one")
    )
    url = forms.URLField(required=False, max_length=300, assume_scheme="https")
    repository_url = forms.URLField(required=False, max_length=300, assume_scheme="https")
    connectors = forms.ModelMultipleChoiceField(
        Connector.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick none when it uses none."),
    )
    hosts = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One on each line. Leave it empty when the app calls none."),
    )
    apps = forms.CharField(
        required=False,
        help_text=gettext_lazy("Addresses of apps in the catalog, with commas between them. Leave it empty for none."),
    )

    class Meta:
        model = MicroApp
        fields = [key for key in FIELDS if key not in ("connectors", "hosts", "apps")]  # noqa: DJ007  (a list from the contract)
        widgets = {"purpose": forms.Textarea(attrs={"rows": 2}), "justification": forms.Textarea(attrs={"rows": 3})}

    field_order = list(FIELDS)

    def __init__(self, *args: Any, discovery: Discovery, user: User, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial_of(discovery, user), **kwargs)  # type: ignore[misc]
        self.user = user
        for key, field in self.fields.items():
            field.label = FIELDS[key].label  # type: ignore[assignment]
            field.help_why = FIELDS[key].why  # type: ignore[attr-defined]
            field.required = field.required or key in ("purpose", "justification")
        if not user.has_role(Role.STAFF):
            self.fields["owner"].disabled = True

    def person(self, text: str) -> User:
        people = User.objects.people()
        found = people.filter(email__iexact=text.strip()).first()
        if found is None:
            named = list(people.filter(name__iexact=text.strip())[:2])
            if len(named) > 1:
                raise forms.ValidationError(_("More than one person has this name. Use the e-mail."))
            found = named[0] if named else None
        if found is None:
            raise forms.ValidationError(_("Nobody here has this e-mail or name. Check the spelling."))
        return found

    def clean_owner(self) -> User:
        return self.person(self.cleaned_data["owner"])

    def clean_second_owner(self) -> User:
        second = self.person(self.cleaned_data["second_owner"])
        if second == self.cleaned_data.get("owner"):
            raise forms.ValidationError(_("The second owner must be somebody else than the owner."))
        return second

    def clean_hosts(self) -> list[str]:
        hosts, errors = clean_hosts(self.cleaned_data["hosts"])
        if errors:
            raise forms.ValidationError(errors)
        return hosts

    def clean_apps(self) -> list[MicroApp]:
        wanted = {part.strip() for part in self.cleaned_data["apps"].split(",") if part.strip()}
        found = list(MicroApp.objects.visible_to(self.user).filter(slug__in=wanted))
        if missing := sorted(wanted - {app.slug for app in found}):
            raise forms.ValidationError(_("Not in the catalog: %(apps)s.") % {"apps": ", ".join(missing)[:200]})
        return found

    def _post_clean(self) -> None:
        """The form cleans and does not save: the action makes the app from `cleaned_data`."""


def initial_of(discovery: Discovery, user: User) -> dict[str, Any]:
    """What the source knows; texts that could not be matched are offered where a text can be edited."""
    known = {key: value for key, value in discovery.known.items() if key not in discovery.gaps}
    loose = {key: discovery.known[key] for key in ("name", "purpose", "justification", "owner", "second_owner", "contact")
             if key in discovery.gaps and discovery.known.get(key)}  # fmt: skip
    initial: dict[str, Any] = {"name": discovery.name[:80], "lifespan_days": DEFAULT_LIFESPAN, **loose, **known}  # type: ignore[dict-item]
    unit, centre = known.get("business_unit"), known.get("cost_centre")
    initial["business_unit"] = BusinessUnit.objects.filter(code=unit).first() if unit else None
    initial["cost_centre"] = CostCentre.objects.filter(code=centre).first() if centre else None
    initial["connectors"] = Connector.objects.filter(slug__in=known.get("connectors", []))
    initial["hosts"] = "\n".join(known.get("hosts", []))
    initial["apps"] = ", ".join(known.get("apps", []))
    if not user.has_role(Role.STAFF):
        initial["owner"] = user.email
        initial.setdefault("contact", user.email)
    return initial
