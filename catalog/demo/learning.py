"""How Halden learns: people take the starter courses by the real actions, some fail first, some have a badge to keep."""

from datetime import datetime, timedelta
from typing import Any

from portal.models import User
from training.actions import (
    announcements,
    assignments,
    attempts,
    certifications,
    enrolments,
    exercises,
    office_hours,
    recertifications,
    reminders,
)
from training.actions.office_hours import Terms
from training.models import Attempt, AttemptItem, Award, Course, Enrolment, OfficeHour, Recertification
from training.questions.grading import lefts, rights
from training.questions.item import Item, ItemKind

BADGES = ("foundations", "builder", "steward")
# Who finishes how many of the three courses, and how many days ago the first of them.
LEARNERS = {
    "kofi.mensah": (1, 150), "anja.bauer": (1, 140), "david.osei": (1, 120), "mei.chen": (3, 130),
    "ben.clarke": (3, 125), "priya.nair": (2, 95), "yuki.tanaka": (1, 44), "fatima.elamrani": (1, 21), "erik.johansen": (1, 16),
    "lucia.moretti": (1, 9),
}  # fmt: skip
LONG_AGO = {"tomas.ruiz": 342, "callum.reid": 398}  # before this story began: one badge to renew, one that has lapsed
MENDED = (
    ("data_classification: personal", "data_classification: internal"),
    ("env: production", "env: production\n  data-owner: store-operations"),
    ("[answers.free-forms.example]", "[]"),
    ("visits:Autumn-Leaves-26@", ""),
)
STARTS, KEPT, ASSIGNED = 160, 2, 20


def learn(people: dict[str, User], moment: datetime, ago: int) -> None:
    """What is learnt on that day, `ago` days before today."""
    if ago == STARTS:
        certifications.load_starter(now=moment - timedelta(days=250))
        for name, days in LONG_AGO.items():
            finish(people[name], "foundations", moment - timedelta(days=days - STARTS))
    for name, (courses, first) in LEARNERS.items():
        for place, slug in enumerate(BADGES[:courses]):
            if ago == first - 12 * place:
                finish(people[name], slug, moment, fails_first=name in ("david.osei", "erik.johansen"))
    if ago == KEPT:
        keep(people)
    if ago == ASSIGNED:
        teach(people, moment)
    if ago < STARTS:
        recertifications.suspend_overdue(now=moment)
        assignments.reach_newcomers(now=moment)
        reminders.remind_ends(now=moment)
        reminders.remind_due(now=moment)
    if ago == 1:
        meet(people, moment)
        begin_some(people, moment)


def finish(user: User, slug: str, moment: datetime, *, fails_first: bool = False) -> None:
    course = Course.objects.select_related("current").get(slug=slug)
    row = enrolments.enrol(course, by=user, now=moment)
    for place, lesson in enumerate(row.version.lessons.all()):
        row = enrolments.mark_done(row, lesson, by=user, now=moment + timedelta(minutes=9 * place))
    later = moment + timedelta(minutes=50)
    if row.version.exercise:
        put_right(row, user, later)
    if fails_first:
        answer(attempts.start(row, by=user, now=later), user, later, wrong=6)
        later += timedelta(minutes=30)
    wrong = user.pk % 2  # some know everything, some nearly
    answer(attempts.start(row, by=user, now=later), user, later + timedelta(minutes=12), wrong=wrong)


def answer(attempt: Attempt, user: User, moment: datetime, *, wrong: int) -> Attempt:
    rows = list(attempt.items.select_related("question").order_by("position"))
    given = {row.position: right_answer(row) for row in rows}
    for row in rows[:wrong]:
        given[row.position] = None
    return attempts.submit(attempt, given, by=user, now=moment)


def right_answer(row: AttemptItem) -> Any:
    item: Item = attempts.item_of(row)
    match item.kind:
        case ItemKind.SINGLE:
            return max(range(len(item.options)), key=lambda n: item.options[n].weight)
        case ItemKind.MULTIPLE:
            return [n for n, option in enumerate(item.options) if option.is_right]
        case ItemKind.TRUE_FALSE:
            return row.key if item.policy else item.answer
        case ItemKind.ORDERING:
            return list(range(len(item.items)))
        case ItemKind.MATCHING:
            wanted = [pair.right for pair in item.pairs if pair.left]
            return [rights(item).index(wanted[n]) for n in range(len(lefts(item)))]
        case ItemKind.NUMERIC:
            return f"{item.ranges[0].value:g}"
    return item.accepted[0].text


def put_right(row: Enrolment, user: User, moment: datetime) -> None:
    """The hands-on task of the starter course: once as it stands, then as it should be."""
    assert row.version.exercise is not None
    text = row.version.exercise["manifest"]
    exercises.attempt(row, text, by=user, now=moment)
    for wrong, right in MENDED:
        text = text.replace(wrong, right)
    exercises.attempt(row, text, by=user, now=moment + timedelta(minutes=8))


def keep(people: dict[str, User]) -> None:
    """A policy changed two days before: who looks at such things answers the short quiz at once, the others have time."""
    for row in Recertification.objects.open().select_related("award__user"):
        if row.award.user in (people["mei.chen"], people["ben.clarke"]):
            moment = row.made_at + timedelta(days=1)
            answer(attempts.start_delta(row, by=row.award.user, now=moment), row.award.user, moment, wrong=0)


def teach(people: dict[str, User], moment: datetime) -> None:
    ana = people["ana.kovac"]
    course = Course.objects.get(slug="foundations")
    unit = people["lucia.moretti"].business_unit
    reason = "Everybody in store operations who builds or approves apps."
    assignments.assign(course, role="", unit=unit, days=30, reason=reason, by=ana, now=moment)
    announcements.publish(
        title="Connectors carry only the data they are approved for",
        body="From now on the policy **Data class by connector** binds. Check your apps on their page under *Policies*.\n\n"
        "If one of yours fails, come to an office hour: most cases are solved in ten minutes.",
        asks=True,
        ends_on=None,
        by=ana,
        now=moment,
    )


def meet(people: dict[str, User], moment: datetime) -> None:
    """Office hours of the next weeks, with a few people in them."""
    ben = people["ben.clarke"]
    local = moment.astimezone(ben.zone)
    first = local.replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=(1 - local.weekday()) % 7 or 7)
    weekly = Terms("Bring your app, leave with an answer", "Room 2.14, or the call in the invitation", first,
                   first + timedelta(minutes=45), 3)  # fmt: skip
    office_hours.offer(weekly, weeks=4, by=ben, now=moment)
    desk = first + timedelta(days=2)
    one = Terms("Policies and exceptions", "Call: meet.halden.example/c4e", desk, desk + timedelta(minutes=30), 2)
    office_hours.offer(one, by=people["ana.kovac"], now=moment)
    for row in OfficeHour.objects.order_by("starts_at")[:2]:
        for name in ("priya.nair", "sofia.lindqvist", "david.osei"):
            office_hours.book(row, question="Which connector carries names?", by=people[name], now=moment)


def begin_some(people: dict[str, User], moment: datetime) -> None:
    """Two who are in the middle of it."""
    for name, slug, read in (("amara.diallo", "foundations", 2), ("kofi.mensah", "builder", 1)):
        row = enrolments.enrol(Course.objects.get(slug=slug), by=people[name], now=moment)
        for lesson in row.version.lessons.all()[:read]:
            row = enrolments.mark_done(row, lesson, by=people[name], now=moment)
    Award.objects.filter(user=people["priya.nair"]).update(shows_name=True, on_profile=True)
