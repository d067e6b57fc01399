from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import AppTemplate
from portal.forms.person_field import PersonField
from portal.models import BusinessUnit


class KeepingForm(forms.Form):
    """Who answers for a template."""

    owner = PersonField(label=gettext_lazy("Kept by"))
    team = forms.ModelChoiceField(
        BusinessUnit.objects.order_by("name"), label=gettext_lazy("Owner team"), required=False, to_field_name="code"
    )


class DeprecationForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Everybody who looks at it reads this."),
    )
    successor = forms.ModelChoiceField(
        AppTemplate.objects.none(), label=gettext_lazy("What to take instead"), required=False, to_field_name="slug"
    )

    def __init__(self, *args: Any, template: AppTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = AppTemplate.objects.published().exclude(pk=template.pk).order_by("name")
        self.fields["successor"].queryset = offered  # type: ignore[attr-defined]
        self.fields["successor"].empty_label = _("Nothing")  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class SubmissionForm(forms.Form):
    """`tests_waived` is asked only where the tests were not run."""

    tests_waived = forms.CharField(
        label=gettext_lazy("Where did its tests run, or why does it need none?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The reviewer reads this."),
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["tests_waived"]
