"""What staff say about courses."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.models import BusinessUnit
from portal.models.user import Role
from portal.widgets import FileUpload
from training.courses import archives
from training.courses.source import BadCourse
from training.models import Certification, Course
from training.models.course import Level

LARGEST = 60 * 1024 * 1024
RESERVED = ("new", "starter")


class CourseImportForm(forms.Form):
    slug = forms.SlugField(
        label=_("Address"), max_length=60, help_text=_("Small letters and hyphens, for example foundations. It stays.")
    )
    file = forms.FileField(
        label=_("ZIP of the course"),
        help_text=_("A folder with course.md, lessons/*.md, and questions.yaml and exercise.yaml if there are any."),
        widget=FileUpload(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise ValidationError(_("Choose another address than “%(slug)s”."), params={"slug": slug})
        return slug

    def clean_file(self) -> dict[str, bytes]:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise ValidationError(_("The file is larger than 60 MB. Leave out what the course does not show."))
        try:
            return archives.unpack(upload.read())
        except BadCourse as problem:
            raise ValidationError(problem.problems) from None


class FileForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 26, "class": "code", "spellcheck": "true"}),
    )


class NewFileForm(forms.Form):
    path = forms.RegexField(
        r"^(lessons/[a-z0-9][a-z0-9-]*\.md|questions\.yaml|exercise\.yaml)$",
        label=_("New file"),
        max_length=100,
        help_text=_("lessons/05-name.md, questions.yaml or exercise.yaml."),
        error_messages={"invalid": _("Write lessons/05-name.md, questions.yaml or exercise.yaml.")},
    )


class PublicationForm(forms.Form):
    is_material = forms.BooleanField(
        label=_("The change is material"),
        required=False,
        help_text=_("Learners go on with the new version, and holders answer a short quiz on the new questions."),
    )
    note = forms.CharField(label=_("What is new"), required=False, max_length=300)


class AssignmentForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("any")), *Role.choices])
    unit = forms.ModelChoiceField(
        label=_("Business unit"),
        required=False,
        queryset=BusinessUnit.objects.order_by("name"),
        empty_label=_("the whole house"),
    )
    days = forms.IntegerField(label=_("Days to finish"), min_value=1, max_value=365, initial=30)
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("They read it with the course."))


class AnotherAttemptForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class GiftForm(forms.Form):
    file = forms.FileField(label=_("GIFT file"), widget=FileUpload(attrs={"accept": ".gift,.txt,text/plain"}))

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if upload.size > 2_000_000:
            raise ValidationError(_("The file is larger than 2 MB. Split it."))
        try:
            return upload.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError(_("The file is not UTF-8 text. Save it as UTF-8.")) from None


class LinesField(forms.CharField):
    """A list, one to a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]


class CertificationForm(forms.Form):
    """Policies are chosen among those there are; a badge may require others, but not itself."""

    title = forms.CharField(label=_("Title"), max_length=120)
    slug = forms.SlugField(label=_("Address"), max_length=60, help_text=_("Small letters and hyphens. It stays."))
    level = forms.TypedChoiceField(label=_("Level"), choices=Level.choices, coerce=int)
    summary = forms.CharField(label=_("Summary"), max_length=200)
    criteria = forms.CharField(
        label=_("What a holder can do"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Markdown."),
    )
    courses = forms.ModelMultipleChoiceField(
        label=_("Courses to pass"),
        queryset=Course.objects.open().select_related("current"),
        widget=forms.CheckboxSelectMultiple,
    )
    requires = forms.ModelMultipleChoiceField(
        label=_("Badges held before"),
        required=False,
        queryset=Certification.objects.all(),
        widget=forms.CheckboxSelectMultiple,
    )
    policies = forms.MultipleChoiceField(
        label=_("Policies it covers"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("When one of them changes, holders answer a short quiz on it."),
    )  # fmt: skip
    validity_days = forms.IntegerField(label=_("Valid for days"), min_value=30, max_value=1_500, initial=365)
    grace_days = forms.IntegerField(label=_("Days of grace"), min_value=0, max_value=90, initial=14)
    unlocks = LinesField(
        label=_("What it unlocks"), required=False, max_length=1_000, help_text=_("One sentence to a line.")
    )
    is_open = forms.BooleanField(label=_("It can be earned"), required=False, initial=True)

    def __init__(
        self, *args: Any, policies: list[tuple[str, str]], own: Certification | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["policies"].choices = policies  # type: ignore[attr-defined]
        if own is not None:
            self.fields["slug"].disabled = True
            self.fields["requires"].queryset = Certification.objects.exclude(pk=own.pk)  # type: ignore[attr-defined]
        self.own = own

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if self.own is None:
            if slug in ("issuer", "status", "keys", "held", "achievements", "pictures"):
                raise ValidationError(_("Choose another address than “%(slug)s”."), params={"slug": slug})
            if Certification.objects.filter(slug=slug).exists():
                raise ValidationError(_("There is a badge at this address already. Choose another one."))
        return slug
