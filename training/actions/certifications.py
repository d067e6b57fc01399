"""What a badge stands for: kept by staff; the shipped ones and their courses are put in place once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from portal import audit
from portal.models import User
from portal.permissions import allow
from training.actions import courses
from training.courses import archives, front_matter
from training.models import Certification, Course
from training.permissions import denial_to_teach

FOLDER = Path(__file__).parent.parent / "starter"


@dataclass(frozen=True)
class Terms:
    """What staff decide of a certification; `courses` and `requires` are stored rows."""

    title: str
    level: int
    summary: str
    criteria: str
    validity_days: int
    grace_days: int
    policies: Sequence[str]
    unlocks: Sequence[str]
    courses: Sequence[Course]
    requires: Sequence[Certification] = ()
    is_open: bool = True

    FIELDS = ("title", "level", "summary", "criteria", "validity_days", "grace_days", "is_open")
    MATERIAL = ("title", "criteria", "level")


@transaction.atomic
def save(slug: str, terms: Terms, *, by: User | None, now: datetime) -> Certification:
    """Make or change one. Another title, level or other criteria are another version: old credentials name the old one.

    Holders keep what they hold; other courses count from their next renewal."""
    if by is not None:
        allow(denial_to_teach(by))
    row = Certification.objects.select_for_update().filter(slug=slug).first() or Certification(slug=slug)
    is_new = row.pk is None
    changes = {name: [getattr(row, name), getattr(terms, name)] for name in Terms.FIELDS}
    changes |= {name: [getattr(row, name), list(getattr(terms, name))] for name in ("policies", "unlocks")}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    if not is_new and set(changes) & set(Terms.MATERIAL):
        row.number += 1
    row.save()
    row.courses.set(terms.courses)
    row.requires.set(terms.requires)
    verb = "training.certification_made" if is_new else "training.certification_changed"
    audit.record(verb, row, by=by, now=now, changes={} if is_new else changes)
    return row


def load_starter(*, now: datetime) -> list[Certification]:
    """The courses and certifications the product ships with, where they are not there yet."""
    for folder in sorted((FOLDER / "courses").iterdir()):
        if folder.is_dir() and not Course.objects.filter(slug=folder.name, current__isnull=False).exists():
            draft = courses.save_draft(folder.name, archives.read_folder(folder), by=None, now=now)
            courses.publish(draft, is_material=False, note="", by=None, now=now)
    heads = [(path.stem, *front_matter.split(path.read_text())) for path in (FOLDER / "certifications").glob("*.md")]
    there = set(Certification.objects.values_list("slug", flat=True))
    ordered = sorted((one for one in heads if one[0] not in there), key=lambda one: one[1]["level"])
    return [save(slug, terms_of(head, body), by=None, now=now) for slug, head, body in ordered]


def terms_of(head: dict[str, Any], body: str) -> Terms:
    return Terms(
        title=head["title"],
        level=head["level"],
        summary=head["summary"],
        criteria=body.strip(),
        validity_days=head.get("validity_days", 365),
        grace_days=head.get("grace_days", 14),
        policies=head.get("policies") or [],
        unlocks=head.get("unlocks") or [],
        courses=list(Course.objects.filter(slug__in=head["courses"])),
        requires=list(Certification.objects.filter(slug__in=head.get("requires") or [])),
    )


audit.register(
    training__certification_made=audit.Verb(gettext_lazy("Certification made"), "award", "ok"),
    training__certification_changed=audit.Verb(gettext_lazy("Certification changed"), "pencil"),
)
