"""Forms of staff about business units and cost centres."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.editing import EditForm
from portal.forms.person_field import PersonField
from portal.models import BusinessUnit, CostCentre


class BusinessUnitForm(EditForm):
    lead = PersonField(label=_("Lead"), required=False, help_text=_("Who speaks for this unit."))

    class Meta:
        model = BusinessUnit
        fields = ["name", "code", "parent", "lead"]
        help_texts = {"code": _("Short name for imports and settings, for example stores-north.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = BusinessUnit.objects.order_by("name")
        if self.instance.pk:
            others = others.exclude(pk__in=BusinessUnit.objects.below(self.instance.pk))
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]
        self.fields["parent"].empty_label = _("Nothing, it is at the top")  # type: ignore[attr-defined]
        self.fields["parent"].error_messages["invalid_choice"] = _(
            "This would make the unit part of itself. Choose a unit outside it."
        )


class CostCentreForm(EditForm):
    class Meta:
        model = CostCentre
        fields = ["code", "name", "business_unit", "is_open"]
        help_texts = {"is_open": _("A closed cost centre stays on old records and is not offered for new ones.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["business_unit"].queryset = BusinessUnit.objects.order_by("name")  # type: ignore[attr-defined]
