from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import HandOver, MicroApp
from catalog.permissions import denial_to_take
from catalog.succession import stays
from portal.forms.person_field import PersonField
from portal.models import User

TAKER_UNKNOWN = _("Name the person who takes over, by e-mail address.")


class HandOverForm(forms.Form):
    """Whom to offer an app, or several apps, to."""

    taker = PersonField(
        label=_("New owner"),
        help_text=_("A colleague, by name or e-mail address. Nothing changes until they accept."),
        error_messages={"required": TAKER_UNKNOWN},
    )
    reason = forms.CharField(
        label=_("Why them?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence that they read with the offer."),
        error_messages={"required": _("Say in a sentence why you hand it over.")},
    )

    def __init__(self, *args: Any, app: MicroApp | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.app = app

    def clean_taker(self) -> User:
        taker: User = self.cleaned_data["taker"]
        if self.app is not None and (denial := denial_to_take(taker, self.app)):
            raise ValidationError(str(denial))
        return taker


class AcceptanceForm(forms.Form):
    """Accepting; who was the second owner until now may have to name another one."""

    second_owner = PersonField(
        label=_("Second owner from now on"),
        error_messages={"required": _("Name a second owner, because the person before you leaves.")},
    )

    def __init__(self, *args: Any, hand_over: HandOver, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        app, taker = hand_over.app, hand_over.taker
        next_second = app.owner if taker.pk == app.second_owner_id else app.second_owner
        self.taker = taker
        if stays(next_second):
            self.fields["second_owner"].required = False
            self.fields["second_owner"].help_text = _("Leave it empty for %(person)s.") % {"person": next_second}
        else:
            self.fields["second_owner"].help_text = _("%(person)s cannot stay, so name somebody else.") % {
                "person": next_second
            }

    def clean_second_owner(self) -> User | None:
        person: User | None = self.cleaned_data["second_owner"]
        if person is not None and (person == self.taker or not stays(person)):
            raise ValidationError(_("The second owner is another person with an open account, who stays."))
        return person


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why, so that somebody better is found.")},
    )
