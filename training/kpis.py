"""What training measures."""

from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from portal.kpis import Kpi, register
from portal.models import User
from training.models import Attempt, Award
from training.reports import violation_rates


def share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def certified(now: datetime) -> float | None:
    people = User.objects.people()
    holders = Award.objects.counting(now).values("user")
    return share(people.filter(pk__in=holders).count(), people.count())


def passed_at_once(now: datetime) -> float | None:
    counts = Attempt.objects.filter(number=1, submitted_at__lte=now, enrolment__isnull=False).aggregate(
        all=Count("pk"), passed=Count("pk", filter=Q(passed=True))
    )
    return share(counts["passed"], counts["all"])


def certified_violations(now: datetime) -> float | None:
    return violation_rates(now=now)["certified"].per_hundred


def uncertified_violations(now: datetime) -> float | None:
    return violation_rates(now=now)["uncertified"].per_hundred


PERCENT, EACH_HUNDRED = _("%"), _("for each 100 owners")
register(
    Kpi(
        "training.certified", _("Certified people"), _("People who hold a badge that counts, of all people."),
        PERCENT, "up", certified,
    ),
    Kpi(
        "training.passed_at_once", _("Quizzes passed at once"), _("First attempts that passed, of all first attempts."),
        PERCENT, "up", passed_at_once,
    ),
    Kpi(
        "training.violations_certified", _("Open violations of certified owners"),
        _("Open violations of owners with a badge, for each hundred such owners."), EACH_HUNDRED, "down", certified_violations,
    ),
    Kpi(
        "training.violations_uncertified", _("Open violations of owners without a badge"),
        _("Open violations of owners without a badge, for each hundred such owners."), EACH_HUNDRED, "down",
        uncertified_violations,
    ),
)  # fmt: skip
