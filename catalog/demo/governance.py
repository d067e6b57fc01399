"""What the C4E of the demo decides, and how it keeps its policies: by the real actions, with two people where two are asked."""

from datetime import datetime, timedelta
from pathlib import Path

from approvals import routes
from approvals.actions import exceptions, impacts, policy_versions, stages, starters
from approvals.actions.attendance import attend_all
from approvals.actions.checks import check_things
from approvals.actions.decisions import decide
from approvals.actions.violations import remind_due
from approvals.check_sources import source_for
from approvals.models import ApprovalRequest, ApproverGroup, HolidayCalendar, Policy, Violation
from approvals.models.policy_check import Cause
from approvals.states import RequestState
from catalog.actions import proposals, renewals, sboms, submissions
from catalog.models import MicroApp, Proposal
from portal.models import BusinessUnit, User

DECIDERS = ("ben.clarke", "ana.kovac", "mei.chen")
ENFORCED, BILLED, AGREED = 60, 50, 4  # days ago
BILL = Path(__file__).parent / "data" / "bom.cdx.json"
GROUPS = {routes.SECURITY: ("ben.clarke", "mei.chen"), routes.LEGAL: ("ana.kovac", "oskar.weiss")}
CALENDARS = (
    ("England", "GB", "ENG", "retail"),
    ("Germany", "DE", "BE", "supply-chain"),
    ("Madrid", "ES", "MD", "people-team"),
)


def found_groups(people: dict[str, User]) -> None:
    """The C4E names who looks at security, and who at law and data; units say where their holidays come from."""
    starters.found_groups()
    for name, country, region, unit in CALENDARS:
        calendar = HolidayCalendar.objects.create(name=name, country=country, region=region)
        calendar.units.set(BusinessUnit.objects.filter(code=unit))
    for slug, names in GROUPS.items():
        ApproverGroup.objects.get(slug=slug).members.set(people[name] for name in names)


def decider(people: dict[str, User], request: ApprovalRequest, turn: int = 0) -> User:
    """One of those who are asked now, of the C4E when it is among them."""
    asked = [row.user for row in stages.unanswered(request)]
    c4e = {people[name].pk for name in DECIDERS}
    able = [user for user in asked if user.pk in c4e] or asked
    return able[turn % len(able)]


def approve(request: ApprovalRequest, people: dict[str, User], now: datetime, turn: int = 0) -> datetime:
    """Through every stage of its route, an hour each; when it was decided."""
    while request.state == RequestState.SUBMITTED:
        request = decide(request, outcome="approved", by=decider(people, request, turn), now=now)
        now += timedelta(hours=1)
    return now


def grant(asked: Proposal, people: dict[str, User], now: datetime) -> None:
    assert asked.request is not None
    approve(asked.request, people, now)


def govern(people: dict[str, User], moment: datetime, ago: int) -> None:
    """What the worker and the C4E do for the policies on that day, `ago` days before today."""
    attend_all(now=moment)
    if ago == ENFORCED:
        enforce_a_policy(people, moment)
    if ago < ENFORCED:
        if (
            ago % 4 == 0
        ):  # the worker does it every night; here a night in four says the same and loads in half the time
            recheck(moment)
        remind_due(now=moment)
        exceptions.run_out(now=moment)
        except_some(people, moment, ago)
    if ago == AGREED:
        agree_to_a_host(people, moment)
    if ago == BILLED:
        upload_bills(people, moment)


def upload_bills(people: dict[str, User], moment: datetime) -> None:
    """Three owners upload what their build lists; one part is on the list of blocked packages."""
    for app in MicroApp.objects.filter(state="active").select_related("owner__steward").order_by("pk")[:3]:
        by = app.owner.steward or app.owner
        sboms.upload(app, name=BILL.name, content=BILL.read_bytes(), by=by, now=moment)


def enforce_a_policy(people: dict[str, User], moment: datetime) -> None:
    """Two months ago the C4E made one of the policies binding, with its impact looked at and by two people."""
    ana, ben = people["ana.kovac"], people["ben.clarke"]
    policy = Policy.objects.select_related("active").filter(slug="data-class-by-connector", mode="warn").first()
    if policy is None or policy.active is None:
        return
    text = policy.active
    version = policy_versions.write(
        policy,
        modules=text.modules,
        data=text.data,
        found=text.cases,
        mode="enforce",
        note="Nobody new would fail for long: the owners were told.",
        by=ana,
        now=moment,
    )
    policy_versions.test(version, by=ana, now=moment)
    impacts.analyse(version, by=ana, now=moment)
    policy_versions.propose(version, by=ana, now=moment)
    policy_versions.activate(version, by=ben, now=moment + timedelta(hours=3))


def agree_to_a_host(people: dict[str, User], moment: datetime) -> None:
    """This week a host was agreed to: the rule reads other data, so holders of badges that cover it answer a short quiz."""
    ana, ben = people["ana.kovac"], people["ben.clarke"]
    policy = Policy.objects.select_related("active").filter(slug="external-hosts").first()
    if policy is None or policy.active is None:
        return
    text = policy.active
    hosts = [*text.data["allowed_hosts"], "api.weather.example"]
    version = policy_versions.write(
        policy,
        modules=text.modules,
        data={**text.data, "allowed_hosts": hosts},
        found=text.cases,
        mode=policy.mode,
        note="The weather service was looked at and agreed to.",
        by=ana,
        now=moment,
    )
    policy_versions.test(version, by=ana, now=moment)
    impacts.analyse(version, by=ana, now=moment)
    policy_versions.propose(version, by=ana, now=moment)
    policy_versions.activate(version, by=ben, now=moment + timedelta(hours=2))


def recheck(moment: datetime) -> None:
    """The nightly check of that day."""
    policies = list(Policy.objects.exclude(active=None).select_related("active"))
    ids = list(MicroApp.objects.order_by("pk").values_list("pk", flat=True))
    check_things(submissions.SOURCE, ids, policies=policies, cause=Cause.NIGHTLY, now=moment)


CONTROLS = (
    ("The vendor moves to the new interface in spring.", "A clerk compares the totals every Friday."),
    ("Two shops still work with the old scanners.", "Names are cut to initials before they leave the shop."),
    ("The new connector is being tested.", "Only the team of three may open it until then."),
)


def except_some(people: dict[str, User], moment: datetime, ago: int) -> None:
    """Six weeks ago two owners got an exception, of which one has run out since; this week a third one asks."""
    turns = {42: ((0, 100), (1, 15)), 2: ((2, 90),)}
    for place, days in turns.get(ago, ()):
        standing = (
            Violation.objects.standing().select_related("policy", "owner__steward").order_by("pk")[place : place + 1]
        )
        for row in standing:
            (thing,) = source_for(row.subject_kind).things([row.subject_id], now=moment)
            reason, control = CONTROLS[place]
            terms = exceptions.Terms(reason, control, moment.date() + timedelta(days=days))
            asker = row.owner.steward or row.owner
            asked = exceptions.ask(row.policy, thing, terms=terms, by=asker, now=moment)
            request = ApprovalRequest.objects.about(exceptions.KIND, asked.pk).get()
            if ago > 10:
                approve(request, people, moment + timedelta(hours=1))


def renew(app: MicroApp, people: dict[str, User], *, by: User, now: datetime, reason: str) -> None:
    """By a click, or beyond the limit of the rules by a request that the C4E grants the same day."""
    try:
        renewals.renew(app, days=90, by=by, now=now, reason=reason)
    except renewals.NeedsDecision:
        assert app.expires_on is not None
        values = {"days": 90, "term_end": app.expires_on.isoformat()}
        asked = proposals.propose(app, kind="renewal", values=values, reason=reason, by=by, now=now)
        grant(asked, people, now + timedelta(hours=1))
