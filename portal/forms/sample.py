from django import forms
from django.utils.translation import gettext_lazy as _

from portal.widgets import DateInput, FileUpload, RadioCards


class SampleForm(forms.Form):
    """Every kind of field, for the component sheet."""

    name = forms.CharField(
        label=_("App name"), max_length=60, help_text=_("People find your app in the catalog by this name.")
    )
    owner = forms.EmailField(label=_("Owner"), help_text=_("One named person. Not a shared mailbox."))
    cost_centre = forms.RegexField(
        r"^\d{6}$",
        label=_("Cost centre"),
        error_messages={"invalid": _("A cost centre has 6 digits, for example 410220.")},
    )
    lifespan = forms.ChoiceField(
        label=_("How long do you need it?"),
        choices=[("90", _("90 days")), ("180", _("180 days")), ("365", _("One year"))],
        widget=forms.RadioSelect,
        help_text=_("You can renew before it ends."),
    )
    data_class = forms.ChoiceField(
        label=_("Data it handles"),
        choices=[
            ("", _("Choose one")),
            ("public", _("Public")),
            ("internal", _("Internal")),
            ("personal", _("Personal data")),
        ],
    )
    answer = forms.ChoiceField(
        label=_("What should happen to it?"),
        choices=[("keep", _("Keep")), ("hand_over", _("Hand over")), ("archive", _("Archive"))],
        widget=RadioCards(
            about={
                "keep": _("It is still needed. Say why in a sentence."),
                "hand_over": _("Somebody else becomes its owner, once they accept."),
                "archive": _("It stops. One click restores it for 180 days."),
            }
        ),
    )
    starts_on = forms.DateField(label=_("Needed from"), widget=DateInput(), required=False)
    manifest = forms.FileField(
        label=_("Manifest"), widget=FileUpload(hint=_("microapp.yaml, up to 1 MB")), required=False
    )
    why = forms.CharField(label=_("What problem does it solve?"), widget=forms.Textarea(attrs={"rows": 3}))
    why.help_why = _("A reviewer who has never seen your app decides by this sentence.")  # type: ignore[attr-defined]
    agreed = forms.BooleanField(
        label=_("I confirm these facts"), help_text=_("Your name and the time are kept with them.")
    )
