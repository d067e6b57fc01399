"""One of everything, so that every address of the site can be opened."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from approvals.actions import exceptions, impacts, starters
from approvals.actions.checks import check_things
from approvals.check_sources import source_for
from approvals.models import ApprovalRequest, ApproverGroup, HolidayCalendar, Policy, PolicyException, Violation
from approvals.models.policy_check import Cause
from catalog.actions import answer_links, app_facts, hand_overs, incidents, proposals, sboms
from catalog.actions.submissions import SOURCE
from catalog.models import Discovery, ImportFile, ImportRow, ImportRun, MicroApp, SweepItem, SweepRun
from catalog.states import AppState
from portal import board_paper, months
from portal.actions import readings
from portal.board import Board
from portal.measuring import HOUSE
from portal.models import Absence, AuditEvent, BoardSnapshot, CostCentre, Job, Notification, User
from tests.makers.catalog import make_app, make_connector
from tests.makers.incidents import make_incident
from tests.site import Address
from tests.world_of_marketplace import trade
from tests.world_of_training import learn

Arguments = dict[str, Any]
SBOM = b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"name": "left-pad", "version": "1.3.0"}]}'


@dataclass
class World:
    """The things, and how an address gets its arguments: by name first, else by the name of the argument."""

    owner: User
    app: MicroApp
    values: dict[str, Arguments] = field(default_factory=dict)
    things: list[tuple[str, Arguments]] = field(default_factory=list)

    def arguments(self, address: Address) -> Arguments:
        """Raises KeyError for an address nobody has thought of: say here which thing it is about."""
        if not address.arguments:
            return {}
        if address.name in self.values:
            return self.values[address.name]
        for prefix, arguments in self.things:
            if address.name.startswith(prefix) and set(arguments) == set(address.arguments):
                return arguments
        raise KeyError(f"tests/world.py knows no arguments for {address.name}")


def make_world(owner: User, second_owner: User, staff: User, outsider: User) -> World:
    """Apps, a connector, a discovery, an import, a sweep run, a job: all belong to `owner` where they belong to anyone."""
    now = timezone.now()
    app = make_app(owner=owner, second_owner=second_owner, now=now - timedelta(days=70))
    draft = make_app("Draft of a form", owner=owner, second_owner=second_owner, state=AppState.DRAFT, now=now)
    waiting = make_app("Travel desk", owner=owner, second_owner=second_owner, state=AppState.IN_REVIEW, now=now)
    flagged = make_app("Idle board", owner=owner, second_owner=second_owner, state=AppState.FLAGGED, now=now)
    archived = make_app("Old poll", owner=owner, second_owner=second_owner, state=AppState.ARCHIVED, now=now)
    connector = make_connector()
    fact = app_facts.state(app, by=staff, kind="featured", reason="A good example.", until=None, now=now)
    sboms.upload(app, name="bom.json", content=SBOM, by=owner, now=now)
    hand_over = hand_overs.offer(flagged, taker=outsider, by=owner, now=now, reason="I change teams.")
    token = answer_links.make(app, owner, now=now).strip("/").split("/")[-1]
    discovery = make_discovery(owner)
    run = make_import(staff, discovery)
    sweep = make_sweep(app, now)
    job = Job.objects.create(
        name="portal.send_invitation", title="A long job", by=owner, total=5, progress=2, step="Step 2"
    )
    dead = Job.objects.create(
        name="portal.send_invitation", title="A failed job", by=owner, state="dead", error="No mail server."
    )
    simulation = Job.objects.create(
        name="catalog.simulate_sweeps", title="Simulation", by=staff, arguments={"days": 30}
    )
    today = owner.local_date(now)
    absence = Absence.objects.create(user=owner, starts_on=today + timedelta(days=3), ends_on=today + timedelta(days=9))
    request = ApprovalRequest.objects.get(subject_id=waiting.pk, state="submitted")
    starters.found_groups()
    group = ApproverGroup.objects.get(slug="security")
    group.members.add(staff)
    calendar = HolidayCalendar.objects.create(name="Madrid", country="ES", region="MD")
    starters.load(now=now)
    policy = Policy.objects.select_related("active").get(slug="external-hosts")
    violation = make_violation(policy, app, now)
    impact = impacts.analyse(policy.active, by=staff, now=now)
    exception = make_exception(policy, app, owner, now)
    proposed = make_connector("New bus", status="proposed", proposed_by=owner)
    proposals.propose(app, kind="exemption", values={"last_day": "2030-01-01"}, reason="Rests.", by=owner, now=now)
    note = Notification.objects.filter(user=owner).first() or Notification.objects.first()
    assert note is not None
    event = AuditEvent.objects.latest("id")
    month = months.shifted(months.month_of(today), -1)
    readings.backfill(month, month, by=staff, reason="The world begins.", now=now)
    span = months.monthly(month)
    board = Board(span, unit=HOUSE, against=span.before(), today=today)
    content = board_paper.paper(board, unit_name="", units=None, now=now)
    report = BoardSnapshot.objects.create(number="B-20260101-ABCDEF", span=span.key, content=content, at=now, by=staff)
    incident = make_incident(app, by=outsider, now=now)
    incidents.note(incident, text="The share is closed.", by=owner, now=now)
    values: dict[str, Arguments] = {
        "kpi_correction_create": {"slug": "catalog-sanctioned", "year": month.year, "month": month.month},
        "board_report_detail": {"number": report.number},
        "absence_end_create": {"pk": absence.pk},
        "unit_edit": {"pk": owner.business_unit_id},
        "cost_centre_edit": {"pk": CostCentre.objects.values_list("pk", flat=True)[0]},
        "audit_event_detail": {"pk": event.pk},
        "job_retry_create": {"pk": dead.pk},
        "job_discard_create": {"pk": dead.pk},
        "notification_reading_create": {"pk": note.pk},
        "help_page": {"slug": "lifecycle"},
        "outbox_detail": {"file": "none.log", "number": 0},
        "approvals:rule_set_detail": {"name": "risk"},
        "approvals:route_detail": {"kind": "general", "tier": "high"},
        "approvals:approver_group_edit": {"slug": group.slug},
        "approvals:holiday_calendar_edit": {"pk": calendar.pk},
        "approvals:holiday_calendar_removal_create": {"pk": calendar.pk},
        "approvals:condition_confirmation_create": {"pk": request.pk, "condition": 1},
        "approvals:policy_by_id": {"pk": policy.pk},
        "approvals:policy_detail": {"slug": policy.slug},
        "approvals:exception_create": {"slug": policy.slug},
        **{f"approvals:policy_{page}": {"slug": policy.slug} for page in ("draft_edit", "mode_create")},
        **{f"approvals:policy_{page}": {"slug": policy.slug, "number": 1} for page in VERSION_PAGES},
        "approvals:impact_detail": {"pk": impact.pk},
        "approvals:impact_export": {"pk": impact.pk},
        "approvals:violation_detail": {"pk": violation.pk},
        "approvals:violation_check_create": {"pk": violation.pk},
        **{f"approvals:exception_{page}": {"pk": exception.pk} for page in EXCEPTION_PAGES},
        "catalog:connector_proposal_edit": {"slug": proposed.slug},
        "catalog:micro_app_by_id": {"pk": app.pk},
        "catalog:micro_app_discard_create": {"slug": draft.slug},
        "catalog:submission_create": {"slug": draft.slug},
        "catalog:submission_withdrawal_create": {"slug": waiting.slug},
        "catalog:flag_answer_create": {"slug": flagged.slug},
        "catalog:verdict_detail": {"slug": flagged.slug},
        "catalog:restoration_create": {"slug": archived.slug},
        "catalog:retirement_create": {"slug": archived.slug},
        "catalog:fact_end_create": {"slug": app.slug, "pk": fact.pk},
        "catalog:hand_over_answer": {"pk": hand_over.pk},
        "catalog:hand_over_withdrawal_create": {"pk": hand_over.pk},
        "catalog:answer": {"token": token},
        "catalog:rule_detail": {"key": "grace"},
        "catalog:simulation_detail": {"pk": simulation.pk},
    }
    things: list[tuple[str, Arguments]] = [
        ("person_", {"pk": outsider.pk}),
        ("invitation_", {"pk": outsider.pk}),
        ("deactivation_", {"pk": outsider.pk}),
        ("reactivation_", {"pk": outsider.pk}),
        ("job_", {"pk": job.pk}),
        ("kpi_", {"slug": "catalog-sanctioned"}),
        ("approvals:", {"pk": request.pk}),
        ("catalog:incident_", {"pk": incident.pk}),
        ("catalog:connector_", {"slug": connector.slug}),
        ("catalog:connector_", {"pk": connector.pk}),
        ("catalog:discovery_", {"pk": discovery.pk}),
        ("catalog:adoption_", {"pk": discovery.pk}),
        ("catalog:import_", {"pk": run.pk}),
        ("catalog:sweep_", {"pk": sweep.pk}),
        ("catalog:", {"slug": app.slug}),
    ]
    learn(owner, staff, now, values, things)
    trade(owner, staff, now, values, things)
    return World(owner, app, values, things)


def make_violation(policy: Policy, app: MicroApp, now: datetime) -> Violation:
    """As if the policy were enforced and the app called a host that it does not allow."""
    app.hosts.create(host="api.partner.example")
    Policy.objects.filter(pk=policy.pk).update(mode="enforce")
    policy.mode = "enforce"
    check_things(SOURCE, [app.pk], policies=[policy], cause=Cause.NIGHTLY, now=now)
    return Violation.objects.get()


VERSION_PAGES = (
    *("version_detail", "test_create", "trial_create", "impact_create"),
    *("proposal_create", "send_back_create", "activation_create", "discard_create"),
)
EXCEPTION_PAGES = ("detail", "edit", "renewal_create", "closing_create")


def make_exception(policy: Policy, app: MicroApp, owner: User, now: datetime) -> PolicyException:
    """Asked for by the owner of an app that violates the policy."""
    (thing,) = source_for(SOURCE).things([app.pk], now=now)
    terms = exceptions.Terms(
        "The vendor moves in spring.", "A weekly look at the log.", now.date() + timedelta(days=90)
    )
    return exceptions.ask(policy, thing, terms=terms, by=owner, now=now)


def make_discovery(owner: User) -> Discovery:
    return Discovery.objects.create(
        source_system="power-platform",
        external_id="a-1",
        name="Leave board",
        summary="Shows who is away.",
        owner=owner,
        owner_hint=owner.email,
        known={"name": "Leave board"},
        gaps=["justification", "cost_centre"],
        raw={"displayName": "Leave board"},
    )


def make_import(staff: User, discovery: Discovery) -> ImportRun:
    run = ImportRun.objects.create(
        kind="csv", file_name="inventory.csv", digest="0" * 64, source_system="inventory", state="applied", by=staff,
        counts={"discovery": 1}, dry_counts={"discovery": 1}, applied_at=timezone.now(),
    )  # fmt: skip
    ImportFile.objects.create(run=run, content=b"name\nLeave board\n")
    for dry in (True, False):
        ImportRow.objects.create(
            run=run, number=1, dry=dry, name="Leave board", outcome="discovery", sentence="Kept.", discovery=discovery
        )
    return run


def make_sweep(app: MicroApp, now: Any) -> SweepRun:
    sweep = SweepRun.objects.create(
        kind="expire", due=now, now=now, state="held", planned=1, cap=0, reason="Over the cap."
    )
    SweepItem.objects.create(run=sweep, app=app, action="archive", facts={})
    return sweep
