"""Forms of staff about people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.forms.editing import EditForm
from portal.forms.person_field import PersonField
from portal.forms.times import TimeZoneField, WorkingDaysField
from portal.models import BusinessUnit, CostCentre, User
from portal.models.user import Role
from portal.widgets import DateInput

STATUSES = [
    ("", _("Open accounts")),
    ("leaving", _("Leaving")),
    ("closed", _("Closed accounts")),
    ("all", _("All accounts")),
]
KINDS = [("", _("People and services")), ("person", _("People")), ("service", _("Service identities"))]


class PersonSearchForm(forms.Form):
    """The filters of the list; anything that cannot be understood is left out."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=80)
    unit = forms.ModelChoiceField(
        BusinessUnit.objects.order_by("name"), label=_("Business unit"), required=False, empty_label=_("Every unit")
    )
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("Every role")), *Role.choices])
    status = forms.ChoiceField(label=_("Account"), required=False, choices=STATUSES)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=KINDS)


class PersonForm(EditForm):
    """What staff keep about a person. A service identity has a person behind it instead of a manager."""

    manager = PersonField(label=_("Manager"), required=False)
    steward = PersonField(
        label=_("Person behind the service"),
        required=False,
        help_text=_("For a service identity only: who answers for it."),
    )
    time_zone = TimeZoneField()
    working_days = WorkingDaysField()
    leaves_on = forms.DateField(
        label=_("Last working day"),
        required=False,
        widget=DateInput(),
        help_text=_("Setting it asks this person to hand over what they own before that day."),
    )

    class Meta:
        model = User
        fields = [
            "name", "title", "business_unit", "cost_centre", "manager", "time_zone", "working_days", "leaves_on",
            "is_service", "steward",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.cost_centre_id
        centres = CostCentre.objects.filter(is_open=True) | CostCentre.objects.filter(pk=kept)
        self.fields["cost_centre"].queryset = centres.order_by("code")  # type: ignore[attr-defined]
        self.fields["business_unit"].queryset = BusinessUnit.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["business_unit"].required = True
        self.fields["business_unit"].empty_label = _("Choose one")  # type: ignore[attr-defined]
        self.fields["cost_centre"].empty_label = _("None")  # type: ignore[attr-defined]

    def clean_manager(self) -> User | None:
        manager: User | None = self.cleaned_data["manager"]
        if manager is not None and self.instance.pk:
            if manager.pk == self.instance.pk:
                raise ValidationError(_("Nobody is their own manager. Choose somebody else."))
            if manager.is_managed_by(self.instance):
                raise ValidationError(
                    _("%(manager)s reports to %(person)s, directly or through others. Choose somebody else."),
                    params={"manager": manager, "person": self.instance},
                )
        return manager

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        service, steward = cleaned.get("is_service"), cleaned.get("steward")
        if service and steward is None and "steward" not in self.errors:
            self.add_error("steward", _("A service identity needs a person behind it. Name one."))
        if not service and steward is not None:
            self.add_error("steward", _("Only a service identity has a person behind it. Empty this field."))
        if service and self.instance.pk and self.instance.roles:
            self.add_error("is_service", _("A service identity holds no role. Take the roles of this account first."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if "steward" in self.errors:  # the constraint says the same, less well placed
            self.errors.pop("__all__", None)


class NewPersonForm(PersonForm):
    email = forms.EmailField(label=_("E-mail"), max_length=254, help_text=_("They sign in with it."))
    invite = forms.BooleanField(
        label=_("Send an invitation"),
        required=False,
        initial=True,
        help_text=_("A mail with a link to set a password. Not needed where people sign in with the company account."),
    )

    class Meta(PersonForm.Meta):
        fields = ["email", *(name for name in PersonForm.Meta.fields if name != "leaves_on")]

    leaves_on = None  # type: ignore[assignment]
    field_order = ["name", "email"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(
                _("%(email)s already has an account. Look for it in the list."), params={"email": email}
            )
        return email


class RolesForm(forms.Form):
    """The roles a person holds. `shown` says which were ticked when the page was made: only the difference is applied."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), required=False, choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput, max_length=80)

    @classmethod
    def of(cls, person: User) -> "RolesForm":
        held = [role.value for role in Role if role in person.roles]
        return cls(initial={"roles": held, "shown": ",".join(held)}, prefix="roles")

    @property
    def difference(self) -> tuple[list[Role], list[Role]]:
        """The roles to give and those to take."""
        ticked, shown = set(self.cleaned_data["roles"]), set(self.cleaned_data["shown"].split(","))
        return [role for role in Role if role in ticked - shown], [role for role in Role if role in shown - ticked]


class ReasonForm(forms.Form):
    """Why an account is closed or opened again."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the audit log."),
    )
