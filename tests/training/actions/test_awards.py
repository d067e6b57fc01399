"""Awards: earned, renewed from the old end, suspended, withdrawn, given back; a credential for each term."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.models import Notification
from portal.states import InvalidTransition
from tests.makers.portal import make_person
from tests.makers.training import answers_of, finish, make_award, make_certification, make_course
from training import gates
from training.actions import attempts, awards, credentials, enrolments, recertifications, reminders
from training.badges.verification import Answer, verify
from training.models import Award, Credential, Enrolment, Recertification
from training.states import AwardState, Standing

NOW = timezone.now()
pytestmark = pytest.mark.django_db


def answer_for(award: Award, now=NOW) -> Answer:
    credential = award.credentials.order_by("-id").first()
    issuer = credentials.published(now=now)
    found = {verify(text.encode(), issuer, now=now).answer for text in (credential.jwt, credential.linked)}
    assert len(found) == 1
    return found.pop()


def test_finishing_what_it_asks_gives_it_with_a_credential_that_verifies(owner):
    course = make_course()
    make_certification(course)
    finish(course, owner)
    award = Award.objects.with_names().get()
    assert (award.user, award.score, award.standing(timezone.now())) == (owner, 100, Standing.VALID)
    assert answer_for(award, timezone.now()) == Answer.VALID
    assert Notification.objects.filter(user=owner, kind="badge_earned").count() == 1


def test_it_asks_for_every_course_and_for_the_badge_below(owner):
    low, high = make_course("low", questions=""), make_course("high", questions="")
    second = make_course("second", questions="")
    below = make_certification(low, "below")
    make_certification(high, "above", level=2, courses=[high, second], requires=[below])
    for course in (high, second):
        row = enrolments.enrol(course, by=owner, now=NOW)
        for lesson in row.version.lessons.all():
            enrolments.mark_done(row, lesson, by=owner, now=NOW)
    assert not Award.objects.exists()
    row = enrolments.enrol(low, by=owner, now=NOW)
    for lesson in row.version.lessons.all():
        enrolments.mark_done(row, lesson, by=owner, now=NOW)
    assert set(Award.objects.values_list("certification__slug", flat=True)) == {"below", "above"}


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Europe/Madrid"])
def test_the_last_day_ends_at_midnight_of_the_holder(zone):
    person = make_person("Yuki Tanaka", time_zone=zone)
    moment = datetime(2027, 3, 27, 23, 30, tzinfo=person.zone)  # the night before a clock change
    end = awards.end_of_term(person, moment, 1)
    assert end.astimezone(person.zone).isoformat()[:19] == "2027-03-28T23:59:59"
    assert end.tzinfo == UTC


def renew(award: Award, now: datetime) -> Award:
    row = enrolments.enrol(award.certification.courses.get(), by=award.user, now=now)
    if row.completed_at is None:
        for lesson in row.version.lessons.all():
            enrolments.mark_done(row, lesson, by=award.user, now=now)
    return Award.objects.with_names().get(pk=award.pk)


def test_an_early_renewal_counts_from_the_old_end_and_a_late_one_from_now(owner):
    award = make_award(owner, ago=300)
    old = award.valid_until
    early = renew(award, NOW)
    assert early.last_day() == (old.astimezone(owner.zone) + timedelta(days=365)).date()
    assert early.credentials.count() == 2 and early.first_awarded_at == award.first_awarded_at
    late = early.valid_until + timedelta(days=60)
    again = renew(early, late)
    assert again.last_day() == (late.astimezone(owner.zone) + timedelta(days=365)).date()
    assert Enrolment.objects.filter(user=owner).count() == 3  # history is never taken away


def test_finishing_again_before_the_window_renews_nothing(owner):
    award = make_award(owner, ago=20)
    before = award.valid_until
    assert renew(award, NOW).valid_until == before


def test_a_lapse_closes_doors_after_the_days_of_grace(owner):
    award = make_award(owner)
    for days, standing, held in (
        (365, Standing.VALID, True),
        (375, Standing.GRACE, True),
        (381, Standing.EXPIRED, False),
    ):
        moment = award.first_awarded_at + timedelta(days=days)
        assert award.standing(moment) == standing
        assert (owner.pk in gates.titles_held([owner.pk], moment)) is held


def test_suspending_closes_the_door_and_giving_back_opens_it(owner, staff):
    award = make_award(owner)
    awards.suspend(award, reason="Two incidents.", by=staff, now=NOW)
    assert gates.titles_held([owner.pk], timezone.now()) == {}
    assert answer_for(award, timezone.now()) == Answer.VALID  # a suspension stays inside the house
    with pytest.raises(InvalidTransition):
        awards.suspend(award, reason="Again.", by=staff, now=NOW)
    awards.reinstate(award, reason="Settled.", by=staff, now=NOW)
    assert gates.titles_held([owner.pk], timezone.now()) == {owner.pk: "Basics"}
    with pytest.raises(InvalidTransition):
        awards.reinstate(award, reason="Again.", by=staff, now=NOW)


def test_a_withdrawn_badge_fails_everywhere_and_can_be_earned_again(owner, staff):
    award = awards.revoke(make_award(owner), reason="Somebody else answered.", by=staff, now=timezone.now())
    assert answer_for(award, timezone.now()) == Answer.REVOKED
    assert gates.titles_held([owner.pk], timezone.now()) == {}
    again = renew(award, timezone.now())
    assert again.state == AwardState.HELD and answer_for(again, timezone.now()) == Answer.VALID
    assert verify(award.credentials.order_by("id").first().jwt.encode(), credentials.published(now=timezone.now()),
                  now=timezone.now()).answer == Answer.REVOKED  # fmt: skip


def test_giving_back_a_withdrawn_badge_issues_a_new_credential(owner, staff):
    award = awards.revoke(make_award(owner), reason="A mistake.", by=staff, now=timezone.now())
    awards.reinstate(award, reason="It was a mistake.", by=staff, now=timezone.now())
    assert [row.revoked_at is None for row in Credential.objects.order_by("id")] == [False, True]
    assert answer_for(award, timezone.now()) == Answer.VALID


def test_nobody_decides_about_their_own_badge_and_makers_about_none(owner, staff, outsider):
    award, own = make_award(owner), make_award(staff)
    for act in (awards.suspend, awards.revoke, awards.reinstate):
        with pytest.raises(PermissionDenied):
            act(award, reason="No.", by=outsider, now=NOW)
        with pytest.raises(PermissionDenied, match="their own badge"):
            act(own, reason="No.", by=staff, now=NOW)
    with pytest.raises(PermissionDenied):
        awards.share(award, shows_name=True, on_profile=True, by=staff, now=NOW)


def test_a_service_identity_holds_what_the_person_behind_it_holds(owner):
    service = make_person("Nightly export", is_service=True, steward=owner)
    make_award(owner)
    assert gates.titles_held([service.pk], timezone.now()) == {service.pk: "Basics"}


def test_what_was_read_at_a_door_is_kept(owner, staff):
    award = make_award(owner)
    seen = gates.record(owner, purpose="submit", about_kind="x.y", about_id=3, now=timezone.now())
    awards.suspend(award, reason="r", by=staff, now=timezone.now())
    after = gates.record(owner, purpose="decide", about_kind="x.y", about_id=3, level=1, now=timezone.now())
    assert (seen.award, seen.standing, seen.allowed) == (award, "valid", True)
    assert (after.award, after.standing, after.allowed) == (None, "", False)


def test_reminders_come_once_for_each_step_and_stop_with_the_renewal(owner):
    award = make_award(owner, ago=320)
    for _repeat in range(2):
        reminders.remind_ends(now=NOW)
    assert Notification.objects.filter(kind="badge_ends", closed_at=None).count() == 1
    reminders.remind_ends(now=award.valid_until - timedelta(days=6))
    assert Notification.objects.filter(kind="badge_ends").count() == 2
    renew(award, NOW + timedelta(days=1))
    assert Notification.objects.filter(kind="badge_ends", closed_at=None).count() == 0
    assert reminders.remind_ends(now=NOW + timedelta(days=2)) == 0


def test_a_missed_short_quiz_rests_the_badge_until_it_is_passed(owner):
    course = make_course()
    make_certification(course, policies=["external-hosts"])
    finish(course, owner)
    version = course.current
    version.questions.filter(key="truth").update(tags=["external-hosts"])
    asked = recertifications.after_policy(
        "external-hosts", 2, title="External hosts", severity="high", url="/p/", now=timezone.now()
    )
    again = recertifications.after_policy(
        "external-hosts", 2, title="External hosts", severity="high", url="/p/", now=timezone.now()
    )
    row = Recertification.objects.get()
    assert asked == again == 1 and Notification.objects.filter(kind="badge_changed").count() == 1
    assert recertifications.suspend_overdue(now=row.due_at - timedelta(hours=1)) == 0
    late = row.due_at + timedelta(hours=1)
    assert recertifications.suspend_overdue(now=late) == 1
    assert gates.titles_held([owner.pk], late) == {}
    attempt = attempts.start_delta(row, by=owner, now=late)
    assert attempt.items.count() == 1
    attempts.submit(attempt, answers_of(attempt), by=owner, now=late)
    assert gates.titles_held([owner.pk], late) == {owner.pk: "Basics"}
    with pytest.raises(InvalidTransition, match="is passed"):
        attempts.start_delta(row, by=owner, now=late)


def test_passing_the_short_quiz_does_not_give_back_what_a_person_suspended(owner, staff):
    award = make_award(owner)
    row = Recertification.objects.create(
        award=award, cause_kind="policy", cause_key="p", cause_number=2, title="P", due_at=NOW + timedelta(days=7)
    )
    awards.suspend(award, reason="Incident.", by=staff, now=NOW)
    recertifications.finish(row, now=NOW)
    award.refresh_from_db()
    assert award.state == AwardState.SUSPENDED
