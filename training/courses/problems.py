"""What is wrong with the files of a course, collected so that an author mends all of it in one go."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from training.courses.front_matter import BadFrontMatter
from training.questions.item import BadItem


class Problems:
    """What is wrong, file by file."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def say(self, path: str, sentence: str) -> None:
        self.found.append(f"{path}: {sentence}")

    def reading(self, path: str, read: Callable[[], Any]) -> Any:
        """What `read` gives, or None when it cannot be read; the reason is kept."""
        try:
            return read()
        except (BadFrontMatter, BadItem) as problem:
            self.say(path, str(problem))
        except UnicodeDecodeError:
            self.say(path, _("Save the file as UTF-8."))
        return None
