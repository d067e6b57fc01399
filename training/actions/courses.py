"""Courses come in as files, wait as a draft, and are published as a version that never changes again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition
from training.actions import recertifications
from training.courses import reader
from training.courses.source import CourseSource
from training.models import Course, CourseFile, CourseVersion, Enrolment, Lesson, Question
from training.permissions import denial_to_teach
from training.questions import codec
from training.states import VersionState

Files = Mapping[str, bytes]
FIELDS = ("title", "summary", "path", "level", "body", "minutes")


def files_of(version: CourseVersion) -> dict[str, bytes]:
    return {file.path: bytes(file.content) for file in CourseFile.objects.filter(version=version)}


def lock(course: Course) -> Course:
    return Course.objects.select_for_update(of=("self",)).select_related("current").get(pk=course.pk)


@transaction.atomic
def save_draft(slug: str, files: Files, *, by: User | None, now: datetime) -> CourseVersion:
    """The files as the draft of the course `slug`, which is made when there is none. Raises BadCourse.

    Files that are those of the published version make no draft: that version is returned."""
    if by is not None:
        allow(denial_to_teach(by))
    source = reader.read(files)
    course, _made = Course.objects.get_or_create(slug=slug)
    course = lock(course)
    if course.current is not None and files_of(course.current) == dict(files):
        return course.current
    draft = course.versions.filter(state=VersionState.DRAFT).first()
    if draft is None:
        latest = course.versions.order_by("-number").values_list("number", flat=True).first() or 0
        draft = CourseVersion(course=course, number=latest + 1)
    draft.made_by, draft.made_at = by, now
    fill(draft, source)
    draft.save()
    write_parts(draft, source, files)
    audit.record("training.course_drafted", course, by=by, now=now, facts={"version": draft.number})
    return draft


def fill(version: CourseVersion, source: CourseSource) -> None:
    for name in FIELDS:
        setattr(version, name, getattr(source, name))
    version.prerequisites, version.policies = list(source.prerequisites), list(source.policies)
    version.quiz = source.quiz.as_json() if source.quiz else None
    version.exercise = source.exercise.as_json() if source.exercise else None


def write_parts(version: CourseVersion, source: CourseSource, files: Files) -> None:
    """The rows of a draft are written anew: nothing of a draft has been learnt yet."""
    for rows in (version.files, version.lessons, version.questions):
        rows.all().delete()
    CourseFile.objects.bulk_create(
        CourseFile(version=version, path=path, content=content) for path, content in files.items()
    )
    Lesson.objects.bulk_create(
        Lesson(
            version=version,
            position=position,
            slug=lesson.slug,
            title=lesson.title,
            summary=lesson.summary,
            minutes=lesson.minutes,
            body=lesson.body,
            video=lesson.video,
            digest=lesson.digest,
        )
        for position, lesson in enumerate(source.lessons, start=1)
    )
    Question.objects.bulk_create(
        Question(
            version=version,
            position=position,
            key=item.key,
            kind=item.kind,
            tags=list(item.tags),
            content=codec.dump(item),
            policy_slug=item.policy.slug if item.policy else "",
            digest=codec.digest(item),
        )
        for position, item in enumerate(source.items, start=1)
    )


@transaction.atomic
def publish(version: CourseVersion, *, is_material: bool, note: str, by: User | None, now: datetime) -> CourseVersion:
    """Learners finish on the version they began, unless the change is material: then they go on with this one."""
    if by is not None:
        allow(denial_to_teach(by))
    course = lock(version.course)
    version = CourseVersion.objects.select_for_update().get(pk=version.pk)
    if version.state != VersionState.DRAFT:
        raise InvalidTransition(_("This version is published already. Open the course to see it."))
    before = course.current
    version.state, version.is_material, version.note = VersionState.PUBLISHED, is_material and before is not None, note
    version.published_by, version.published_at = by, now
    version.save()
    course.current = version
    course.save(update_fields=["current"])
    facts = {"version": version.number, "material": version.is_material}
    audit.record("training.course_published", course, by=by, now=now, reason=note, facts=facts)
    if before is not None and version.is_material:
        Enrolment.objects.unfinished().filter(course=course).update(version=version)
        recertifications.after_course(version, before, now=now)
    return version


@transaction.atomic
def discard(version: CourseVersion, *, by: User, now: datetime) -> None:
    """Throw a draft away. A course that was never published goes with it."""
    allow(denial_to_teach(by))
    course = lock(version.course)
    if not course.versions.filter(pk=version.pk, state=VersionState.DRAFT).exists():
        raise InvalidTransition(_("This version is published and stays. Write a new draft instead."))
    audit.record("training.course_draft_discarded", course, by=by, now=now, facts={"version": version.number})
    version.delete()
    if course.current is None:
        course.delete()


@transaction.atomic
def set_open(course: Course, is_open: bool, *, by: User, now: datetime) -> Course:
    """A closed course takes no new learners; those who began it finish."""
    allow(denial_to_teach(by))
    course = lock(course)
    if course.is_open != is_open:
        course.is_open = is_open
        course.save(update_fields=["is_open"])
        verb = "training.course_opened" if is_open else "training.course_closed"
        audit.record(verb, course, by=by, now=now)
    return course


audit.register(
    training__course_drafted=audit.Verb(gettext_lazy("Draft of the course saved"), "pencil"),
    training__course_published=audit.Verb(gettext_lazy("Course published"), "book-open", "ok"),
    training__course_draft_discarded=audit.Verb(gettext_lazy("Draft of the course thrown away"), "trash-2"),
    training__course_opened=audit.Verb(gettext_lazy("Course opened to learners"), "lock-open", "ok"),
    training__course_closed=audit.Verb(gettext_lazy("Course closed to new learners"), "lock", "warn"),
)
