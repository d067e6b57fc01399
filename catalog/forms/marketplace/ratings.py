from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models.marketplace.rating import LOW


class RatingForm(forms.Form):
    """Stars, and why. A low rating says what was missing."""

    stars = forms.TypedChoiceField(
        label=gettext_lazy("How well did it work?"),
        coerce=int,
        choices=[
            (5, gettext_lazy("5 stars: just right")),
            (4, gettext_lazy("4 stars: good")),
            (3, gettext_lazy("3 stars: it did the job")),
            (2, gettext_lazy("2 stars: much was missing")),
            (1, gettext_lazy("1 star: it did not work")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose from one to five stars.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("With one or two stars, say what was missing, so that it can be put right."),
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("stars") and cleaned["stars"] <= LOW and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say what was missing, so that it can be put right."))
        return cleaned
