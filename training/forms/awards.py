from django import forms
from django.utils.translation import gettext_lazy as _


class SharingForm(forms.Form):
    shows_name = forms.BooleanField(
        label=_("Show my name on the public page"),
        required=False,
        help_text=_("Without it the page says only whether the badge is valid."),
    )
    on_profile = forms.BooleanField(
        label=_("Show the badge on my profile"), required=False, help_text=_("Colleagues who sign in here see it.")
    )


class MoveForm(forms.Form):
    move = forms.ChoiceField(
        label=_("What to do"),
        choices=[("suspension", _("Suspend")), ("revocation", _("Withdraw")), ("reinstatement", _("Give back"))],
        widget=forms.HiddenInput,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("The holder reads it."), widget=forms.Textarea(attrs={"rows": 2})
    )
