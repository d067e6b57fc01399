from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """One sentence why, for archiving and retiring."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence. It is kept in the history for good."),
        error_messages={"required": _("Say why in a sentence.")},
    )
