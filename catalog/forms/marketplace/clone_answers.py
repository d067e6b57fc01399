"""The template's questions on the first step of a clone: shown, answered, and read back when the app is made."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.actions.marketplace import secrets
from catalog.forms.marketplace.questions import DataField, field_of
from catalog.models import CloneDraft, TemplateVersion
from catalog.templating import asking
from catalog.templating.asking import Standing
from catalog.templating.questions import Question, asked

PREFIX = "answer"


class QuestionsForm(forms.Form):
    """One field for each question that is put, given what is answered so far. `typed` are the answers to keep, right or wrong;
    `secrets` those to seal."""

    def __init__(
        self,
        version: TemplateVersion,
        answers: Mapping[str, Any],
        sealed: Mapping[str, Any],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data, prefix=PREFIX)
        self.questions = asked(version.questions)
        self.everything: list[Question] = version.questions
        self.answers, self.sealed = dict(answers), dict(sealed)
        self.standings = self.ask({**self.answers, **self.sealed})
        for question in self.questions:
            self.fields[question["name"]] = field_of(question, self.standing(question))
            if question["name"] in self.answers:
                self.fields[question["name"]].initial = initial(question, self.answers[question["name"]])

    @classmethod
    def of_draft(cls, draft: CloneDraft) -> "QuestionsForm":
        form = cls(draft.version, draft.answers, secrets.unseal(draft.secrets))
        for name in [name for name in form.fields if not form.standings[name].shown]:
            del form.fields[name]
        return form

    @classmethod
    def of_post(cls, draft: CloneDraft, data: QueryDict) -> "QuestionsForm":
        """What was sent decides which questions are put: one that a later answer uncovers is asked for next."""
        return cls(draft.version, draft.answers, secrets.unseal(draft.secrets), data)

    def keep(self, names: Collection[str]) -> None:
        """Show these questions only; the others stand as they were answered."""
        for name in set(self.fields) - set(names):
            del self.fields[name]

    @property
    def lacking(self) -> list[str]:
        """Questions that are put and have no answer; a secret is never kept, so it always lacks one."""
        put = [one for one in self.questions if self.standing(one).shown]
        return [one["name"] for one in put if one["secret"] or one["name"] not in self.answers]

    def standing(self, question: Question) -> Standing:
        return self.standings.get(question["name"], Standing())

    def ask(self, answers: Mapping[str, Any]) -> dict[str, Standing]:
        if asking.is_plain(self.everything):
            return {one["name"]: Standing(not one["hidden"], one["default"], one["help"]) for one in self.everything}
        return asking.ask(self.everything, answers)

    def clean(self) -> dict[str, Any]:
        """The validators see every answer at once, and the answers of questions that are not put do not count."""
        given = {name: value for name, value in self.cleaned_data.items() if name in self.sent}
        self.standings = self.ask({**self.answers, **self.sealed, **given})
        for question in self.questions:
            name, standing = question["name"], self.standing(question)
            if standing.error:
                self.add_error(None, standing.error)
            elif not standing.shown:
                self.cleaned_data.pop(name, None)
                self.errors.pop(name, None)
                self.fields.pop(name, None)
            elif name not in self.sent and name not in self.answers and not question["secret"]:
                self.add_error(name, _("Answer this one too."))
            elif standing.problem and name in self.fields:
                self.add_error(name, standing.problem)
        return self.cleaned_data

    @property
    def sent(self) -> frozenset[str]:
        """The questions this browser was shown: an unticked box sends nothing, so the page says which it had."""
        return frozenset(self.data.getlist(f"{PREFIX}-shown")) if isinstance(self.data, QueryDict) else frozenset()

    @property
    def secrets(self) -> dict[str, Any]:
        hidden = [question["name"] for question in self.questions if question["secret"]]
        return {name: self.cleaned_data[name] for name in hidden if self.cleaned_data.get(name)}

    @property
    def typed(self) -> dict[str, Any]:
        """By name, the cleaned answer; a wrong one stays as it was before."""
        open_ones = [question["name"] for question in self.questions if not question["secret"]]
        sent = {name: self.cleaned_data[name] for name in open_ones if name in self.cleaned_data and name in self.sent}
        return {**self.answers, **sent}

    def said(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Label and answer in words, for the review."""
        for question in self.questions:
            if (name := question["name"]) in answers:
                yield str(self.fields[name].label if name in self.fields else name), in_words(question, answers[name])


def initial(question: Question, value: Any) -> Any:
    """An answer as its field takes it for the beginning."""
    return field_of(question, Standing(default=value)).initial


def in_words(question: Question, value: Any) -> str:
    if question["secret"]:
        return _("kept secret")
    labels = {repr(option): label for label, option in question["choices"]}
    if isinstance(value, list) and question["choices"]:
        return ", ".join(labels.get(repr(part), str(part)) for part in value) or _("none")
    if isinstance(value, bool) and not question["choices"]:
        return _("yes") if value else _("no")
    return labels.get(repr(value), DataField().prepare_value(value) if not isinstance(value, str) else value)


def answers_of(draft: CloneDraft) -> tuple[dict[str, Any], str]:
    """The answers to render with, secrets among them; and what is wrong, in one sentence, when something is."""
    return answers_to(draft.version, draft.answers, secrets.unseal(draft.secrets))


def answers_to(
    version: TemplateVersion, answers: Mapping[str, Any], sealed: Mapping[str, Any]
) -> tuple[dict[str, Any], str]:
    form = QuestionsForm(version, answers, sealed)
    found: dict[str, Any] = {}
    for question in form.questions:
        name, standing = question["name"], form.standing(question)
        if standing.error or (standing.shown and standing.problem):
            return {}, standing.error or standing.problem
        if not standing.shown:
            continue
        if name in sealed:
            found[name] = sealed[name]
        elif name in answers:
            found[name] = answers[name]
        elif not question["secret"]:
            return {}, _("“%(question)s” is not answered yet.") % {"question": form.fields[name].label}
    return found, ""
