"""What policies find, and how long it stays."""

from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from approvals.models import PolicyCheck, Violation
from approvals.models.policy_check import Result
from approvals.states import ViolationState
from portal.kpi_rows import counted, days, yes
from portal.kpis import Kpi, Record, Source, Window, register

UNIT, C4E = "business_unit", _("C4E")


def remediation(window: Window) -> QuerySet[Violation]:
    closed = Violation.objects.filter(closed_at__gte=window.since, closed_at__lt=window.until)
    rows = closed.select_related("policy").order_by("-closed_at", "pk")
    return counted(rows, unit=UNIT, part=days(F("closed_at") - F("opened_at")))


def checks(window: Window) -> QuerySet[PolicyCheck]:
    """Each check of the period; the part are those that failed or could not be evaluated."""
    made = PolicyCheck.objects.filter(at__gte=window.since, at__lt=window.until).select_related("version__policy")
    return counted(made.order_by("-at", "-pk"), unit=UNIT, part=yes(~Q(result=Result.PASS)))


def open_violations(window: Window) -> QuerySet[Violation]:
    standing = Violation.objects.filter(Q(closed_at=None) | Q(closed_at__gte=window.until), opened_at__lt=window.until)
    late = Q(due_at__lt=window.until) & ~Q(state=ViolationState.EXCEPTED)
    return counted(standing.select_related("policy").order_by("due_at", "pk"), unit=UNIT, part=yes(late))


def violation_record(row: Any) -> Record:
    return Record(row.title, row.get_absolute_url(), (row.policy, row.opened_at, row.closed_at, round(row.kpi_part, 1)))


def open_record(row: Any) -> Record:
    return Record(
        row.title,
        row.get_absolute_url(),
        (row.policy, row.opened_at, row.due_at, text("yes") if row.kpi_part else text("no")),
    )


def check_record(row: Any) -> Record:
    policy = row.version.policy
    return Record(
        f"{row.subject_kind} {row.subject_id}", policy.get_absolute_url(), (policy, row.at, row.get_result_display())
    )


register(
    Kpi(
        "approvals.remediation",
        _("Time to fix violations"),
        _("How long an app stays against a policy once it is found."),
        _("Days from the failing check to the passing one, the mean of the violations put right in the period."),
        _("days"),
        "down",
        (
            Source(
                "violations",
                _("Violations put right"),
                remediation,
                violation_record,
                (_("Policy"), _("Found"), _("Put right"), _("Days")),
            ),
        ),
        origin=_("The policy checks."),
        owner=C4E,
        note=_("Mean, policy violations put right"),
        rank=6,
        target=Decimal(3),
        findings=(
            _("Violations are put right faster"),
            _("Violations take longer to put right"),
            _("Violations are put right as fast as before"),
        ),
    ),
    Kpi(
        "approvals.misconfigurations",
        _("Misconfigurations"),
        _("How often an app does what a policy forbids."),
        _("Policy checks that failed, for each hundred checks of the period."),
        _("in 100 checks"),
        "down",
        (Source("checks", _("Policy checks"), checks, check_record, (_("Policy"), _("When"), _("Result"))),),
        origin=_("The policy checks: at each request, after each change, and every night."),
        owner=C4E,
        scale=100,
        findings=(_("Fewer checks fail"), _("More checks fail"), _("As many checks fail as before")),
    ),
    Kpi(
        "approvals.overdue_violations",
        _("Violations overdue"),
        _("How much of what is known to be wrong is late."),
        _("Open violations past their day, of all open violations at the end of the period."),
        "%",
        "down",
        (
            Source(
                "violations",
                _("Open violations"),
                open_violations,
                open_record,
                (_("Policy"), _("Found"), _("Due"), _("Overdue")),
            ),
        ),
        origin=_("The policy checks."),
        owner=C4E,
        scale=100,
        stands=True,
        findings=(_("Fewer violations are late"), _("More violations are late"), _("As many violations are late")),
    ),
)
