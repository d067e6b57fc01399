"""Questions of a GIFT file brought into the files of a course."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import yaml
from django.utils.translation import gettext as _

from training.courses import front_matter
from training.courses.front_matter import BadFrontMatter
from training.courses.reader import QUESTIONS
from training.courses.source import BadCourse
from training.gift.reader import LeftOut, free_key, read
from training.questions import codec
from training.questions.item import BadItem


@dataclass(frozen=True)
class Brought:
    files: dict[str, bytes]
    added: int
    left_out: list[LeftOut]


def bring_in(files: Mapping[str, bytes], text: str) -> Brought:
    """The bank with the questions of `text` behind those it has. A question that is there word for word is not added again.

    Raises BadCourse when the present bank cannot be read, or when the file holds no question."""
    bank = read(text)
    if not bank.entries:
        raise BadCourse([_("The file holds no question that can be used here."), *map(said, bank.left_out)])
    before = files.get(QUESTIONS, b"").decode()
    try:
        present = front_matter.load(before) or []
        known = {codec.digest(item) for item in map(codec.read, present)}
    except (BadFrontMatter, BadItem) as problem:
        raise BadCourse([f"{QUESTIONS}: {problem}"]) from None
    taken = {str(one["id"]) for one in present}
    added = []
    for item in bank.items:
        if codec.digest(item) in known:
            continue
        item = replace(item, key=free_key(item.key, taken))
        taken.add(item.key)
        added.append(codec.dump(item))
    written = yaml.safe_dump(added, sort_keys=False, allow_unicode=True, width=110) if added else ""
    joined = before.rstrip("\n") + ("\n" if before.strip() else "") + written
    return Brought({**files, QUESTIONS: joined.encode()}, len(added), bank.left_out)


def said(one: LeftOut) -> str:
    name = f"“{one.title}”: " if one.title else ""
    return _("Line %(line)d: %(sentence)s") % {"line": one.line, "sentence": name + one.sentence}
