"""Recertification by a delta quiz: when a policy or a course under a badge changes, its holders answer what is new."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from training import notifications
from training.actions import awards
from training.models import Award, Certification, CourseVersion, Question, Recertification
from training.states import AwardState

# Days to answer, by the severity of what changed; a course counts as medium.
DAYS = {"high": 7, "medium": 30, "low": 60}
MISSED = gettext_lazy("The short quiz on what changed was not passed in time.")


def after_policy(slug: str, number: int, *, title: str, severity: str, url: str, now: datetime) -> int:
    """A policy that certifications cover has a new version in force. Returns how many holders are asked."""
    certifications = [one for one in Certification.objects.filter(is_open=True) if slug in one.policies]
    asked = 0
    for certification in certifications:
        questions = list(
            Question.objects.filter(version__in=certification.courses.values("current"))
            .filter(Q(policy_slug=slug) | Q(tags__contains=[slug]))
            .values_list("pk", flat=True)
        )
        asked += ask(certification, questions, "policy", slug, number, title=title, severity=severity, url=url, now=now)
    return asked


def after_course(version: CourseVersion, before: CourseVersion, *, now: datetime) -> int:
    """A course changed materially: its holders answer the questions that are new or read otherwise."""
    known = set(before.questions.values_list("key", "digest"))
    questions = [row.pk for row in version.questions.all() if (row.key, row.digest) not in known]
    asked = 0
    for certification in Certification.objects.filter(is_open=True, courses=version.course):
        asked += ask(
            certification, questions, "course", version.course.slug, version.number, title=version.title,
            severity="medium", url=version.course.get_absolute_url(), now=now,
        )  # fmt: skip
    return asked


def ask(
    certification: Certification, questions: Sequence[int], kind: str, key: str, number: int, *,
    title: str, severity: str, url: str, now: datetime,
) -> int:  # fmt: skip
    """Ask every holder once for this version. Without questions there is nothing to ask."""
    if not questions:
        return 0
    holders = list(
        Award.objects.filter(certification=certification, state=AwardState.HELD, valid_until__gte=now).with_names()
    )
    said = _("%(title)s has a new version") % {"title": title}
    Recertification.objects.bulk_create(
        [
            Recertification(
                award=award, cause_kind=kind, cause_key=key, cause_number=number, title=said[:200], url=url,
                questions=list(questions), made_at=now,
                due_at=awards.end_of_term(award.user, now, DAYS.get(severity, DAYS["medium"])),
            )
            for award in holders
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    made = Recertification.objects.filter(cause_kind=kind, cause_key=key, cause_number=number, award__in=holders)
    tell_all(made.select_related("award__user", "award__certification"), now=now)
    return len(holders)


def tell_all(rows: Iterable[Recertification], *, now: datetime) -> None:
    for row in rows:
        notifications.tell_changed(row, now=now)


@transaction.atomic
def finish(row: Recertification, *, now: datetime) -> None:
    """Passed: it covers the new version, and a badge that rested for it alone counts again."""
    row = Recertification.objects.select_for_update(of=("self",)).select_related("award__certification").get(pk=row.pk)
    if row.done_at is not None:
        return
    row.done_at = now
    row.save(update_fields=["done_at"])
    award = awards.lock(row.award)
    audit.record("training.recertified", award, by=award.user, now=now, facts={"cause": row.title})
    if not award.recertifications.open().exists():
        notifications.close(award, kinds=[notifications.CHANGED], now=now)
        if award.state == AwardState.SUSPENDED and award.state_by_id is None:
            awards.reinstate(award, reason=_("The short quiz is passed."), by=None, now=now)


def suspend_overdue(*, now: datetime) -> int:
    """Badges whose delta quiz was not passed in time rest. Returns how many."""
    late = Award.objects.filter(
        state=AwardState.HELD, recertifications__done_at=None, recertifications__due_at__lt=now
    ).distinct()
    count = 0
    for award in late:
        awards.suspend(award, reason=str(MISSED), by=None, now=now)
        count += 1
    return count


audit.register(training__recertified=audit.Verb(gettext_lazy("Answered what changed"), "refresh-cw", "ok"))
