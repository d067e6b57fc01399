"""Eight months of Halden, lived day by day by the real actions and sweeps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from approvals.actions import starters
from approvals.actions.decisions import decide
from approvals.models import ApprovalRequest
from catalog.actions import (
    app_facts,
    departures,
    flags,
    micro_apps,
    proposals,
    restorations,
    submissions,
    usage,
)
from catalog.demo import company
from catalog.demo.apps import Seed, seeds
from catalog.demo.governance import approve, decider, found_groups, govern, grant, renew
from catalog.demo.learning import learn
from catalog.demo.stories import STORIES, Story
from catalog.demo.usage import users_on
from catalog.models import Connector, MicroApp
from catalog.states import AppState
from catalog.sweeps import engine
from catalog.terms import renewal_opens_on
from portal.models import BusinessUnit, Digest, Notification, User

DAYS = 240
SIGNAL = "web-analytics"
SENT_BACK = "Name the person who answers questions on personal data, and say which fields you read."


@dataclass
class Life:
    """One app of the demo as it is lived: its seed, its story, and the days (before loading) of its turns."""

    seed: Seed
    story: Story
    born: int
    quiet: int | None
    app: MicroApp | None = None

    @property
    def owner_acts(self) -> bool:
        return self.app is not None and self.story.ends == "live"


def lives() -> list[Life]:
    made = []
    for seed in seeds():
        story = STORIES[seed.story]
        low, high = story.born
        quiet = None
        if story.quiet is not None:
            quiet = story.quiet[0] + seed.dice(story.quiet[1] - story.quiet[0] + 1, 2)
        made.append(Life(seed, story, low + seed.dice(high - low + 1, 1), quiet))
    return made


def live(people: dict[str, User], now: datetime, tell: Callable[[str], None] = lambda text: None) -> None:
    """From the first day to `now`. `tell` hears of each month that passed."""
    everyone = lives()
    starters.load(now=now - timedelta(days=DAYS))
    found_groups(people)
    for ago in range(DAYS, -1, -1):
        moment = now - timedelta(days=ago, hours=3)  # what is done in the hours after is still in the past today
        for life in everyone:
            if life.born == ago:
                be_born(life, people, moment)
        review(everyone, people, moment, ago)
        answer(everyone, people, moment)
        measure(everyone, moment, ago)
        engine.run_day(now=moment)
        govern(people, moment, ago)
        learn(people, moment, ago)
        if ago == 3:
            say_who_leaves(people, moment)
        if ago:
            send_quietly(moment + timedelta(hours=2))
        if ago % 15 == 0:
            refresh_statistics()
        if ago % 30 == 0:
            tell(f"{moment:%B %Y}")


def say_who_leaves(people: dict[str, User], moment: datetime) -> None:
    """A colleague's last day is known; each of their apps is offered to its second owner."""
    for row in company.facts()["people"]:
        if "leaves_in" in row:
            person = people[row["id"]]
            leaves_on = person.local_date(moment) + timedelta(days=row["leaves_in"])
            departures.declare(person, leaves_on=leaves_on, now=moment)


def refresh_statistics() -> None:
    """All of this is one transaction, which no autovacuum sees into; without statistics the planner guesses badly."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def acting(user: User) -> User:
    """The person who acts for an owner: the steward of a service identity."""
    return user.steward if user.is_service and user.steward else user


def be_born(life: Life, people: dict[str, User], moment: datetime) -> None:
    seed, owner = life.seed, people[life.seed.owner]
    used = set(Connector.objects.filter(slug__in=seed.connectors))
    by = acting(owner)
    values = {
        "name": seed.name,
        "purpose": seed.purpose,
        "justification": seed.justification,
        "owner": owner,
        "second_owner": people[seed.second_owner],
        "contact": by.email,
        "business_unit": BusinessUnit.objects.get(pk=owner.business_unit_id),  # type: ignore[misc]
        "cost_centre": owner.cost_centre,
        "data_classification": seed.data,
        "audience_size": seed.audience,
        "sla_tier": seed.sla,
        "tags": {"env": "production", "data-owner": by.name} if seed.dice(3, 9) else {},
        "lifespan_days": life.story.lifespans[seed.dice(len(life.story.lifespans), 3)],
        "connectors": [connector for connector in used if connector.status == "approved"],
        "hosts": list(seed.hosts),
        "apps": [],
    }
    life.app = micro_apps.create(by=by, values=values, now=moment)
    if life.story.ends != "draft":
        submissions.submit(life.app, by=by, now=moment + timedelta(minutes=20))


def review(everyone: list[Life], people: dict[str, User], moment: datetime, ago: int) -> None:
    """The C4E decides after none to two days; some stories are still waiting, or were sent back."""
    by_app = {life.app.pk: life for life in everyone if life.app is not None}
    for request in ApprovalRequest.objects.filter(state="submitted", kind__in=submissions.KINDS).select_related(
        "requested_by"
    ):
        life = by_app[request.subject_id]
        if life.story.ends == "review" or life.born - ago < life.seed.dice(3, 4):
            continue
        turn, at = life.seed.dice(3, 5), moment + timedelta(hours=1)
        if life.story.ends == "returned":
            decide(request, outcome="returned", reason=SENT_BACK, by=decider(people, request, turn), now=at)
        else:
            settle(life, people, approve(request, people, at, turn))


def settle(life: Life, people: dict[str, User], moment: datetime) -> None:
    """Facts that stand beside the state from early on."""
    assert life.app is not None
    life.app.refresh_from_db()
    staff = people["ana.kovac"]
    if life.story.exempt:
        last = (moment + timedelta(days=364)).date().isoformat()
        asked = proposals.propose(
            life.app,
            kind="exemption",
            values={"last_day": last},
            reason=life.story.exempt,
            by=acting(life.app.owner),
            now=moment,
        )
        grant(asked, people, moment + timedelta(hours=1))
    if life.story.quarantined:
        app_facts.state(life.app, by=staff, kind="quarantine", reason=life.story.quarantined, until=None, now=moment)
    if life.seed.story == "steady" and life.seed.dice(18) == 0:
        reason = "A good first app to look at."
        app_facts.state(life.app, by=staff, kind="featured", reason=reason, until=None, now=moment)


def answer(everyone: list[Life], people: dict[str, User], moment: datetime) -> None:
    """Owners renew, keep or restore, as their story says."""
    standing = {
        app.pk: app
        for app in MicroApp.objects.exclude(state__in=["draft", "in_review", "retired"]).select_related("owner")
    }
    for life in everyone:
        app = standing.get(life.app.pk) if life.owner_acts and life.app else None
        if app is None:
            continue
        by, today = acting(app.owner), app.owner.local_date(moment)
        if app.state == AppState.FLAGGED and life.story.keeps:
            flag = app.flags.filter(answered_at=None).first()
            if flag and (moment - flag.at).days >= 4:
                flags.keep(app, by=by, now=moment, reason=life.story.keeps)
        elif app.is_live and life.story.renews and wants_to_renew(life, app, today):
            reason = life.story.keeps or "Used again from next month."
            renew(app, people, by=by, now=moment, reason=reason)
        elif wants_back(life, app, moment):
            restorations.restore(app, by=by, now=moment)


def wants_to_renew(life: Life, app: MicroApp, today: date) -> bool:
    """Some renew at once, some wait for the second reminder; nobody in a `renews` story forgets."""
    assert app.expires_on is not None
    return app.state == AppState.ACTIVE and today >= renewal_opens_on(app.expires_on, 28 - life.seed.dice(24, 6))


def wants_back(life: Life, app: MicroApp, moment: datetime) -> bool:
    if app.state != AppState.ARCHIVED or app.archived_at is None or not life.story.restored_after:
        return False
    return (moment - app.archived_at).days >= life.story.restored_after


def measure(everyone: list[Life], moment: datetime, ago: int) -> None:
    """Yesterday's use of every live app, and the collector's word that it is complete."""
    yesterday = moment.date() - timedelta(days=1)
    running = set(MicroApp.objects.live().values_list("pk", flat=True))
    rows = []
    for life in everyone:
        if life.app is None or life.app.pk not in running or (life.quiet is not None and ago < life.quiet):
            continue
        if users := users_on(life.seed, yesterday):
            rows.append(usage.DayRow(life.app.pk, SIGNAL, yesterday, users, users * 3))
    usage.record_days(rows)
    since = yesterday if ago == DAYS else None
    usage.report_complete(
        SIGNAL,
        until=yesterday,
        since=since,
        rows_seen=len(rows),
        rows_expected=len(rows),
        now=moment,
        label="Web analytics",
    )


def send_quietly(moment: datetime) -> None:
    """What people were told goes into a digest of that day without a mail: the past has been read."""
    waiting = Notification.objects.undigested().filter(created_at__lte=moment)
    readers = User.objects.filter(pk__in=waiting.values("user"))
    for person in readers:
        day = person.local_date(moment)
        digest, _new = Digest.objects.get_or_create(
            user=person, day=day, defaults={"created_at": moment, "sent_at": moment}
        )
        waiting.filter(user=person).update(digest=digest, read_at=moment)
