"""How far somebody is in a course, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.models import User
from training.models import Attempt, Course, CourseVersion, Enrolment, ExerciseTry, Lesson, LessonDone


@dataclass(frozen=True)
class Progress:
    """`has_quiz` and `has_exercise` are None when the course has none, else whether it is passed."""

    lessons: int
    done: frozenset[str]
    has_quiz: bool | None
    has_exercise: bool | None
    minutes_left: int

    @property
    def parts(self) -> int:
        return self.lessons + (self.has_quiz is not None) + (self.has_exercise is not None)

    @property
    def parts_done(self) -> int:
        return len(self.done) + bool(self.has_quiz) + bool(self.has_exercise)

    @property
    def percent(self) -> int:
        return round(100 * self.parts_done / self.parts) if self.parts else 0

    @property
    def is_complete(self) -> bool:
        return self.parts > 0 and self.parts_done == self.parts


def progress_of(enrolment: Enrolment) -> Progress:
    return progress_by_enrolment([enrolment])[enrolment.pk]


def progress_by_enrolment(enrolments: Iterable[Enrolment]) -> dict[int, Progress]:
    """For each enrolment (with its version), in four queries however many they are."""
    rows = list(enrolments)
    ids = [row.pk for row in rows]
    lessons: dict[int, list[tuple[str, str, int]]] = {}
    for version, slug, digest, minutes in (
        Lesson.objects.filter(version__in={row.version_id for row in rows})
        .order_by("position")
        .values_list("version", "slug", "digest", "minutes")
    ):
        lessons.setdefault(version, []).append((slug, digest, minutes))
    said: dict[int, set[tuple[str, str]]] = {}
    for pk, slug, digest in LessonDone.objects.filter(enrolment__in=ids).values_list("enrolment", "slug", "digest"):
        said.setdefault(pk, set()).add((slug, digest))
    quizzes = set(Attempt.objects.filter(enrolment__in=ids, passed=True).values_list("enrolment", flat=True))
    exercises = set(ExerciseTry.objects.filter(enrolment__in=ids, passed=True).values_list("enrolment", flat=True))
    found = {}
    for row in rows:
        there, done = lessons.get(row.version_id, []), said.get(row.pk, set())
        read = frozenset(slug for slug, digest, _minutes in there if (slug, digest) in done)
        found[row.pk] = Progress(
            lessons=len(there),
            done=read,
            has_quiz=row.pk in quizzes if row.version.quiz else None,
            has_exercise=row.pk in exercises if row.version.exercise else None,
            minutes_left=sum(minutes for slug, _digest, minutes in there if slug not in read),
        )
    return found


def missing_courses(user: User, version: CourseVersion) -> list[Course]:
    """Courses to finish before this one that this person has not finished."""
    if not version.prerequisites:
        return []
    finished = Enrolment.objects.of(user).exclude(completed_at=None).values("course")
    return list(
        Course.objects.open().filter(slug__in=version.prerequisites).exclude(pk__in=finished).select_related("current")
    )
