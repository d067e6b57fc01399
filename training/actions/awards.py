"""Awards: earned by finishing what a certification asks, renewed, suspended, withdrawn and given back."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import check
from training import notifications
from training.actions import credentials
from training.models import Attempt, Award, Certification, Course, Enrolment
from training.permissions import denial_to_keep_award
from training.states import AWARD_TRANSITIONS, AwardState, Standing

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
STATE = ["state", "state_at", "state_by", "state_reason"]


def lock(award: Award) -> Award:
    return Award.objects.select_for_update(of=("self",)).select_related("certification", "user").get(pk=award.pk)


def move(award: Award, target: AwardState, *, reason: str, by: User | None, now: datetime) -> None:
    """The one place that writes an award's state; the caller saves."""
    refusal = _("This badge is “%(state)s” by now, so that is no longer possible.") % {
        "state": award.get_state_display().lower()
    }
    check(AWARD_TRANSITIONS, AwardState(award.state), target, refusal=refusal)
    award.state, award.state_at, award.state_by, award.state_reason = target, now, by, reason


def end_of_term(user: User, start: datetime, days: int) -> datetime:
    """The last moment of the day that is `days` days after `start`, in the holder's time zone: no midnight surprises."""
    last = start.astimezone(user.zone).date() + timedelta(days=days)
    return datetime.combine(last, time(23, 59, 59), tzinfo=user.zone).astimezone(UTC)


def counts_since(award: Award | None) -> datetime:
    """From when on a finished course counts for the next term."""
    if award is None:
        return BEGINNING
    if award.state == AwardState.REVOKED:
        return award.state_at
    return award.renews_from


def grant_due(user: User, *, now: datetime) -> list[Award]:
    """Give or renew every certification whose courses this person has finished. The lower levels come first, so that one
    that asks for another finds it."""
    found = []
    for certification in Certification.objects.filter(is_open=True).prefetch_related("courses", "requires"):
        if (award := grant(certification, user, now=now)) is not None:
            found.append(award)
    return found


@transaction.atomic
def grant(certification: Certification, user: User, *, now: datetime) -> Award | None:
    """None when something is missing, or when there is nothing new."""
    User.objects.select_for_update().get(pk=user.pk)  # two courses finished at once give one award
    award = Award.objects.select_for_update().filter(user=user, certification=certification).first()
    since = counts_since(award)
    courses = list(certification.courses.all())
    finished = (
        Enrolment.objects.filter(user=user, course__in=courses, completed_at__gte=since).values("course").distinct()
    )
    if not courses or finished.count() < len(courses) or not holds_what_it_requires(certification, user, now):
        return None
    is_first = award is None
    is_early = award is not None and award.state != AwardState.REVOKED and now <= award.valid_until
    if award is None:
        award = Award(user=user, certification=certification, first_awarded_at=now)
    start = award.valid_until if is_early else now
    if not is_early:
        award.valid_from = now
    award.valid_until = end_of_term(user, start, certification.validity_days)
    award.number, award.score = certification.number, best_score(user, courses, since)
    if award.state == AwardState.REVOKED:
        move(award, AwardState.HELD, reason="", by=None, now=now)
    award.save()
    verb = "training.award_given" if is_first else "training.award_renewed"
    facts = {"certification": certification.slug, "until": award.valid_until.isoformat()}
    audit.record(verb, award, by=None, now=now, facts=facts)
    credentials.issue(award, now=now)
    notifications.close(award, kinds=[notifications.ENDS], now=now)
    until = award.last_day(user).isoformat()
    notifications.tell(award, notifications.EARNED, key=until, now=now, until=until)
    return award


def holds_what_it_requires(certification: Certification, user: User, now: datetime) -> bool:
    needed = {one.pk for one in certification.requires.all()}
    if not needed:
        return True
    held = (
        Award.objects.counting(now).filter(user=user, certification__in=needed).values_list("certification", flat=True)
    )
    return needed <= set(held)


def best_score(user: User, courses: Sequence[Course], since: datetime) -> Decimal | None:
    """The mean over the courses of the best passed quiz; None without quizzes."""
    best = (
        Attempt.objects.filter(
            enrolment__user=user, enrolment__course__in=courses, passed=True, submitted_at__gte=since
        )
        .values("enrolment__course")
        .annotate(best=Max("score"))
        .values_list("best", flat=True)
    )
    scores = [score for score in best if score is not None]
    return round(sum(scores, Decimal(0)) / len(scores), 2) if scores else None


@transaction.atomic
def suspend(award: Award, *, reason: str, by: User | None, now: datetime) -> Award:
    """It opens no door until it is given back. `by` is None when the clock does it. Running apps never notice."""
    award = lock(award)
    if by is not None:
        allow(denial_to_keep_award(by, award))
    move(award, AwardState.SUSPENDED, reason=reason, by=by, now=now)
    award.save(update_fields=STATE)
    audit.record("training.award_suspended", award, by=by, now=now, reason=reason)
    notifications.tell(award, notifications.SUSPENDED, key=now.isoformat(), now=now, reason=reason)
    return award


@transaction.atomic
def revoke(award: Award, *, reason: str, by: User, now: datetime) -> Award:
    """Withdrawn: its credentials are marked in the status list, so that they fail everywhere."""
    award = lock(award)
    allow(denial_to_keep_award(by, award))
    move(award, AwardState.REVOKED, reason=reason, by=by, now=now)
    award.save(update_fields=STATE)
    award.credentials.filter(revoked_at=None).update(revoked_at=now)
    audit.record("training.award_revoked", award, by=by, now=now, reason=reason)
    notifications.tell(award, notifications.REVOKED, key=now.isoformat(), now=now, reason=reason)
    return award


@transaction.atomic
def reinstate(award: Award, *, reason: str, by: User | None, now: datetime) -> Award:
    """Counts again, until its old end. A credential that was withdrawn stays so: a new one is issued."""
    award = lock(award)
    if by is not None:
        allow(denial_to_keep_award(by, award))
    was_revoked = award.state == AwardState.REVOKED
    move(award, AwardState.HELD, reason=reason, by=by, now=now)
    award.save(update_fields=STATE)
    if was_revoked and award.standing(now) in (Standing.VALID, Standing.GRACE):
        credentials.issue(award, now=now)
    audit.record("training.award_reinstated", award, by=by, now=now, reason=reason)
    notifications.close(award, kinds=[notifications.SUSPENDED, notifications.REVOKED], now=now)
    notifications.tell(award, notifications.REINSTATED, key=now.isoformat(), now=now)
    return award


@transaction.atomic
def share(award: Award, *, shows_name: bool, on_profile: bool, by: User, now: datetime) -> Award:
    """The holder says who sees it. Taking consent back hides the name at once; a file already given away keeps it not,
    because credentials never carry a name."""
    award = lock(award)
    if award.user_id != by.pk:
        allow(_("Only the holder decides who sees the badge."))
    changes = {
        name: [getattr(award, name), value]
        for name, value in (("shows_name", shows_name), ("on_profile", on_profile))
        if getattr(award, name) != value
    }
    if changes:
        award.shows_name, award.on_profile = shows_name, on_profile
        award.save(update_fields=["shows_name", "on_profile"])
        audit.record("training.award_shared", award, by=by, now=now, changes=changes)
    return award


audit.register(
    training__award_given=audit.Verb(gettext_lazy("Badge earned"), "badge-check", "ok"),
    training__award_renewed=audit.Verb(gettext_lazy("Badge renewed"), "rotate-ccw", "ok"),
    training__award_suspended=audit.Verb(gettext_lazy("Badge suspended"), "circle-pause", "warn"),
    training__award_revoked=audit.Verb(gettext_lazy("Badge withdrawn"), "shield-off", "bad"),
    training__award_reinstated=audit.Verb(gettext_lazy("Badge given back"), "badge-check", "ok"),
    training__award_shared=audit.Verb(gettext_lazy("Sharing of the badge changed"), "link"),
)
