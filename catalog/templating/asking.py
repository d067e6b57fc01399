"""How the questions of a template stand with the answers given so far: computed in the child, because they are Jinja."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from catalog.templating import jail
from catalog.templating.questions import RESERVED, Question
from catalog.templating.render import RenderError, ask_child

SECONDS = 5


@dataclass(frozen=True)
class Standing:
    """`shown` says whether the question is put. `problem` is what its validator says of the answer. `error` is a mistake of the
    template itself."""

    shown: bool = True
    default: Any = None
    help: str = ""
    problem: str = ""
    error: str = ""


def ask(
    questions: Sequence[Question], answers: Mapping[str, Any], *, app: Mapping[str, Any] | None = None
) -> dict[str, Standing]:
    """Each question by its name. A template that does not answer in time has an `error` at every question."""
    with jail.folder() as folder:
        asked = {"op": "ask", "questions": list(questions), "values": {**answers, RESERVED: dict(app or {})}}
        told = ask_child(asked, folder, seconds=SECONDS)
    if isinstance(told, RenderError):
        said = _("The template's questions could not be worked out: %(why)s") % {"why": told}
        return {question["name"]: Standing(error=said) for question in questions}
    return {name: standing(said) for name, said in told["questions"].items()}


def standing(said: Mapping[str, Any]) -> Standing:
    if error := said.get("error"):
        return Standing(error=_("The template has a mistake at this question: %(error)s") % {"error": error})
    return Standing(said["shown"], said["default"], said["help"], said["problem"])


def is_plain(questions: Sequence[Question]) -> bool:
    """Nothing in them is computed, so that no child is needed."""
    texts = (question[key] for question in questions for key in ("default", "help"))
    computed = (question["validator"] or isinstance(question["when"], str) for question in questions)
    return not any(computed) and not any(is_jinja(text) for text in texts)


def is_jinja(value: Any) -> bool:
    return isinstance(value, str) and ("{{" in value or "{%" in value)
