"""How fast and how surely is decided, and leave that has run out."""

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest, FastLanePass, PolicyException
from approvals.models.fast_lane_pass import Audited
from portal.kpi_rows import counted, days, yes
from portal.kpis import Kpi, Record, Source, Window, register
from portal.measuring import house_day

UNIT, C4E = "business_unit", _("C4E")


def decided(window: Window) -> QuerySet[ApprovalRequest]:
    over = ApprovalRequest.objects.filter(decided_at__gte=window.since, decided_at__lt=window.until)
    return over.select_related("requested_by").order_by("-decided_at", "pk")


def fast_lane(window: Window) -> QuerySet[ApprovalRequest]:
    return counted(decided(window), unit=UNIT, part=yes(Q(is_fast_lane=True)))


def with_reviewers(window: Window) -> QuerySet[ApprovalRequest]:
    return counted(decided(window), unit=UNIT, part=days("waited_on_reviewers"))


def with_requesters(window: Window) -> QuerySet[ApprovalRequest]:
    return counted(decided(window), unit=UNIT, part=days("waited_on_requester"))


def audited(window: Window) -> QuerySet[FastLanePass]:
    looked = FastLanePass.objects.filter(verdict_at__gte=window.since, verdict_at__lt=window.until)
    rows = looked.select_related("request", "verdict_by").order_by("-verdict_at", "pk")
    return counted(rows, unit="request__business_unit", part=yes(Q(verdict=Audited.WRONG)))


def overdue(window: Window) -> QuerySet[PolicyException]:
    """Exceptions whose last day has passed while the thing still fails the policy."""
    rows = PolicyException.objects.overdue(house_day(window)).select_related("policy").order_by("ends_on", "pk")
    return counted(rows, unit=UNIT)


def request_record(row: Any) -> Record:
    return Record(
        row.title,
        row.get_absolute_url(),
        (row.requested_by, row.decided_at, text("yes") if row.kpi_part else text("no")),
    )


def waiting_record(row: Any) -> Record:
    return Record(row.title, row.get_absolute_url(), (row.requested_by, row.decided_at, round(row.kpi_part, 2)))


def audit_record(row: Any) -> Record:
    return Record(
        row.request.title, row.request.get_absolute_url(), (row.verdict_by, row.verdict_at, row.get_verdict_display())
    )


def exception_record(row: Any) -> Record:
    return Record(row.title, row.get_absolute_url(), (row.policy, row.ends_on))


REQUESTS = _("Requests decided")
REQUEST_HEADS, WAITING_HEADS = (_("Asked by"), _("Decided"), _("Fast lane")), (_("Asked by"), _("Decided"), _("Days"))
register(
    Kpi(
        "approvals.fast_lane",
        _("Fast-lane share"),
        _("How much is decided at once because it is safe."),
        _("Requests decided by the rules, of all requests decided in the period."),
        "%",
        "up",
        (Source("requests", REQUESTS, fast_lane, request_record, REQUEST_HEADS),),
        origin=_("The requests."),
        owner=C4E,
        scale=100,
        findings=(_("More takes the fast lane"), _("Less takes the fast lane"), _("The fast lane holds its share")),
    ),
    Kpi(
        "approvals.false_passes",
        _("False passes"),
        _("How often the fast lane let something through that a person would not have."),
        _("Fast-lane approvals found wrong, of those a person looked at in the period."),
        "%",
        "down",
        (
            Source(
                "audits", _("Audited approvals"), audited, audit_record, (_("Audited by"), _("Audited"), _("Verdict"))
            ),
        ),
        origin=_("The random sample that people look at afterwards."),
        owner=C4E,
        scale=100,
        target=Decimal(2),
        findings=(
            _("The fast lane errs less"),
            _("The fast lane errs more"),
            _("The fast lane errs as rarely as before"),
        ),
    ),
    Kpi(
        "approvals.reviewer_wait",
        _("Time with reviewers"),
        _("How long makers wait for us."),
        _("Days a request lay with reviewers, the mean of the requests decided in the period."),
        _("days"),
        "down",
        (Source("requests", REQUESTS, with_reviewers, waiting_record, WAITING_HEADS),),
        origin=_("The clock of each request."),
        owner=C4E,
        decimals=2,
        findings=(_("Reviewers answer faster"), _("Reviewers take longer"), _("Reviewers answer as fast as before")),
    ),
    Kpi(
        "approvals.requester_wait",
        _("Time with makers"),
        _("How long requests wait for an answer of who asked."),
        _("Days a request lay with who asked, the mean of the requests decided in the period."),
        _("days"),
        "down",
        (Source("requests", REQUESTS, with_requesters, waiting_record, WAITING_HEADS),),
        origin=_("The clock of each request."),
        owner=C4E,
        decimals=2,
        findings=(_("Makers answer faster"), _("Makers take longer"), _("Makers answer as fast as before")),
    ),
    Kpi(
        "approvals.exceptions_overdue",
        _("Exceptions overdue"),
        _("Leave that has run out while the thing is still wrong."),
        _("Exceptions whose last day has passed and whose violation is still open."),
        _("exceptions"),
        "down",
        (Source("exceptions", _("Exceptions overdue"), overdue, exception_record, (_("Policy"), _("Ended"))),),
        origin=_("The register of exceptions, as it is when the reading is taken."),
        owner=_("Governance board"),
        decimals=0,
        counts=True,
        stands=True,
        target=Decimal(0),
        findings=(
            _("Fewer exceptions are overdue"),
            _("More exceptions are overdue"),
            _("As many exceptions are overdue"),
        ),
    ),
)
