from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.renewals import TERMS
from catalog.models import MicroApp
from catalog.permissions import denial_to_take
from portal.models import User
from portal.widgets import RadioCards

ANSWERS = [("renew", _("Renew it")), ("hand_over", _("Hand it over")), ("archive", _("Archive it"))]
UNKNOWN_TAKER = _("This address cannot take it over. Check it, or sign in and look for the person there.")


class AnswerForm(forms.Form):
    """The three answers of a mail link. It says nothing about people that the reader did not type."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=ANSWERS,
        widget=RadioCards(
            about={
                "renew": _("You confirm that owner, purpose, data, cost centre and dependencies on record are right."),
                "hand_over": _("Somebody else becomes its owner, once they accept."),
                "archive": _("It stops. One click restores it while the archive is kept."),
            }
        ),
        error_messages={"required": _("Choose one of the three.")},
    )
    days = forms.TypedChoiceField(label=_("If you renew, for how long?"), choices=TERMS, coerce=int, initial=90)
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence, needed unless you renew an app that is in use."),
    )
    taker_email = forms.EmailField(label=_("If you hand it over, to whom?"), required=False)

    def __init__(self, *args: Any, app: MicroApp, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.app, self.needs_reason = app, needs_reason

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        answer = cleaned.get("answer")
        if answer and not cleaned.get("reason") and (answer != "renew" or self.needs_reason):
            self.add_error("reason", _("Say why in a sentence."))
        if answer == "hand_over" and "taker_email" not in self.errors:
            taker = User.objects.people().filter(email__iexact=cleaned.get("taker_email", "")).first()
            if taker is None or denial_to_take(taker, self.app):
                self.add_error("taker_email", UNKNOWN_TAKER)
            cleaned["taker"] = taker
        return cleaned
