"""The mails of a local site: files that Django's file back end wrote, newest first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

SEPARATOR = b"\n" + b"-" * 79 + b"\n"
NAME = re.compile(r"^[A-Za-z0-9-]+\.log$")
SHOWN = 100


@dataclass(frozen=True)
class Mail:
    """One mail; `file` and `number` are its address."""

    file: str
    number: int
    at: datetime
    to: str
    subject: str
    text: str
    has_html: bool


def mails() -> list[Mail]:
    """The last hundred mails."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True) if folder.is_dir() else []
    return [mail for path in files[:SHOWN] for mail in reversed(list(read(path)))][:SHOWN]


def find(file: str, number: int) -> Mail | None:
    path = Path(settings.EMAIL_FILE_PATH) / file
    if not NAME.match(file) or not path.is_file():
        return None
    return next((mail for mail in read(path) if mail.number == number), None)


def read(path: Path) -> Iterator[Mail]:
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    for number, part in enumerate(p for p in path.read_bytes().split(SEPARATOR) if p.strip()):
        message = message_from_bytes(part.lstrip(), _class=EmailMessage, policy=policy.default)
        text, page = message.get_body(("plain",)), message.get_body(("html",))
        yield Mail(
            path.name,
            number,
            at,
            str(message.get("To", "")),
            str(message.get("Subject", "")),
            text.get_content() if text else "",
            page is not None,
        )
