from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.hand_overs import TAKER_UNKNOWN
from catalog.models import MicroApp
from catalog.permissions import denial_to_take
from portal.forms.person_field import PersonField
from portal.widgets import RadioCards

ANSWERS = [("keep", _("Keep it")), ("hand_over", _("Hand it over")), ("archive", _("Archive it"))]


class FlagAnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("What should happen to it?"),
        choices=ANSWERS,
        widget=RadioCards(
            about={
                "keep": _("It is still needed. It stays live until its end."),
                "hand_over": _("Somebody else needs it. It stays flagged until they accept."),
                "archive": _("It stops. One click restores it while the archive is kept."),
            }
        ),
        error_messages={"required": _("Choose one of the three.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence. It is kept in the history for good."),
        error_messages={"required": _("Say why in a sentence.")},
    )
    taker = PersonField(label=_("New owner, if you hand it over"), required=False)

    def __init__(self, *args: Any, app: MicroApp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.app = app

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == "hand_over" and "taker" not in self.errors:
            if cleaned.get("taker") is None:
                self.add_error("taker", TAKER_UNKNOWN)
            elif denial := denial_to_take(cleaned["taker"], self.app):
                self.add_error("taker", str(denial))
        return cleaned
