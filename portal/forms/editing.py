"""What every form that edits a thing shares: the mark of the values the editor saw."""

from typing import Any

from django import forms

from portal.edits import mark


class EditForm(forms.ModelForm):
    """A model form with a hidden mark. `changed_by_others` puts the fresh values' mark in, so that a second save counts."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = mark(self.instance, self._meta.fields or [])

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned fields of the model, ready for an action."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or []}

    @property
    def seen_mark(self) -> str:
        return self.cleaned_data["seen"]

    def changed_by_others(self, sentence: str) -> None:
        """Say that somebody else saved meanwhile; what was typed stays."""
        fresh = type(self.instance).objects.get(pk=self.instance.pk)
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed[self.add_prefix("seen")] = mark(fresh, self._meta.fields or [])
        self.data = typed
        self.add_error(None, sentence)
