from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.models import Policy
from catalog.forms.dependencies import AppsField
from catalog.models.incident import Severity
from portal.models import User
from training.models import Course


class IncidentForm(forms.Form):
    """What somebody who just saw it can say in two minutes."""

    title = forms.CharField(label=gettext_lazy("What happened?"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("In more words"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "What you saw, which data, and who may be affected. Write no password and no secret here."
        ),
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("How bad is it?"),
        choices=[
            (Severity.CRITICAL, gettext_lazy("Critical: people or restricted data are at risk now")),
            (Severity.HIGH, gettext_lazy("High: confidential data, or work stands still")),
            (Severity.MEDIUM, gettext_lazy("Medium: wrong figures, or some cannot work")),
            (Severity.LOW, gettext_lazy("Low: a near miss, or a small nuisance")),
        ],
        widget=forms.RadioSelect,
    )
    noticed_at = forms.DateTimeField(
        label=gettext_lazy("When was it noticed?"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Left empty: just now."),
    )
    apps = AppsField(label=gettext_lazy("Apps it touches"), required=False, help_text=AppsField.default_help)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["apps"].user = user  # type: ignore[attr-defined]

    def clean_noticed_at(self) -> Any:
        moment = self.cleaned_data["noticed_at"] or timezone.now()
        if moment > timezone.now():
            raise forms.ValidationError(_("This lies in the future. Say when it was noticed."))
        return moment


class IncidentTextForm(forms.Form):
    """A note, or what was done."""

    text = forms.CharField(
        label=gettext_lazy("What you know or did"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CauseForm(forms.Form):
    is_attributable = forms.TypedChoiceField(
        label=gettext_lazy("Was a micro app the cause?"),
        choices=[("yes", gettext_lazy("Yes, a micro app")), ("no", gettext_lazy("No, something else"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    cause = forms.CharField(label=gettext_lazy("The cause"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))


class LessonForm(forms.Form):
    lesson = forms.CharField(
        label=gettext_lazy("What is done so that it does not happen again?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    course = forms.ModelChoiceField(
        Course.objects.select_related("current"),
        label=gettext_lazy("Course that teaches it"),
        required=False,
        to_field_name="slug",
    )
    policy = forms.ModelChoiceField(
        Policy.objects.all(), label=gettext_lazy("Policy that checks it"), required=False, to_field_name="slug"
    )
