from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import AppTemplate


class WishForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("What do you want to build?"), max_length=80)
    why = forms.CharField(
        label=gettext_lazy("What would it be used for?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("By whom, how often, and what it replaces. Others vote on what you write."),
    )


class WishAnswerForm(forms.Form):
    template = forms.ModelChoiceField(
        AppTemplate.objects.none(),
        label=gettext_lazy("The template that fulfils it"),
        required=False,
        to_field_name="slug",
    )
    words = forms.CharField(
        label=gettext_lazy("Words to those who want it"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = AppTemplate.objects.published().order_by("name")  # type: ignore[attr-defined]
        self.fields["template"].empty_label = _("None: it will not be made")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("template") and not cleaned.get("words", "").strip():
            self.add_error("words", _("Say why it will not be made."))
        return cleaned


class CollectionForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=60)
    summary = forms.CharField(label=gettext_lazy("In one line"), max_length=200)
    templates = forms.ModelMultipleChoiceField(
        AppTemplate.objects.none(),
        label=gettext_lazy("Templates"),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["templates"].queryset = AppTemplate.objects.published().order_by("name")  # type: ignore[attr-defined]
