"""What an auditor may narrow the log by; every field is optional and stands in the address."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit, timeline
from portal.models import AuditEvent

FIRST_YEAR, LAST_YEAR = 1900, 9000


class AuditEventFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("About"), max_length=200, required=False)
    verb = forms.ChoiceField(label=gettext_lazy("What happened"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    actor = forms.CharField(label=gettext_lazy("Who"), max_length=120, required=False)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    run = forms.IntegerField(
        label=gettext_lazy("Sweep run"), required=False, min_value=1, max_value=2**63 - 1, widget=forms.NumberInput()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("Anything")), *verb_choices()]  # type: ignore[attr-defined]
        kinds = [(kind, timeline.kind_label(kind).capitalize()) for kind in AuditEvent.objects.kinds()]
        self.fields["kind"].choices = [("", _("Everything")), *sorted(kinds, key=lambda k: k[1])]  # type: ignore[attr-defined]

    def clean_since(self) -> Any:
        return plausible(self.cleaned_data["since"])

    def clean_until(self) -> Any:
        return plausible(self.cleaned_data["until"])

    def clean_q(self) -> str:
        return without_nul(self.cleaned_data["q"])

    def clean_actor(self) -> str:
        return without_nul(self.cleaned_data["actor"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day is before the first. Choose a later one."))
        return values

    def wanted(self) -> dict[str, Any]:
        """The filters in force; a field with an error counts as empty."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


def plausible(day: Any) -> Any:
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("Write a year such as %(year)d."), params={"year": datetime.now(UTC).year})
    return day


def without_nul(text: str) -> str:
    return text.replace("\x00", "")


def verb_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The registered verbs by package. Where two read the same, the name tells them apart."""
    groups: dict[str, list[tuple[str, str]]] = {}
    labels = Counter((name.partition(".")[0], str(verb.label)) for name, verb in audit.VERBS.items())
    for name, verb in audit.VERBS.items():
        package, _dot, word = name.partition(".")
        label = str(verb.label)
        if labels[package, label] > 1:
            label = _("%(verb)s (%(name)s)") % {"verb": label, "name": word.replace("_", " ")}
        groups.setdefault(package, []).append((name, label))
    return [(package.capitalize(), sorted(found, key=lambda v: v[1])) for package, found in sorted(groups.items())]
