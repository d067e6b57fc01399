"""Who keeps a template is told what became of a version, once, and never what they did or are told anyway."""

import pytest

from approvals.actions.decisions import decide
from catalog.actions.marketplace import publications
from portal.models import Notification
from portal.notifications import wording
from tests.makers.catalog import NOW
from tests.makers.marketplace import bring, check, keeper

pytestmark = pytest.mark.django_db
KINDS = {"approved": "template_published", "returned": "template_sent_back", "refused": "template_refused"}


def decided(outcome, by, reviewer):
    version = check(bring())
    request = publications.submit(version, by=by, now=NOW, tests_waived="They ran elsewhere.")
    decide(request, outcome=outcome, reason="Add a licence.", by=reviewer, now=NOW)
    return version


@pytest.mark.parametrize("outcome", KINDS)
def test_the_keeper_is_told_when_a_colleague_had_it_reviewed(outcome, staff, reviewer):
    version = decided(outcome, staff, reviewer)
    (told,) = Notification.objects.filter(user=keeper(), about_kind="catalog.templateversion")
    said = wording(told)
    assert (told.kind, told.url) == (KINDS[outcome], version.get_absolute_url())
    assert said.title.startswith("Leave approval 1.0.0 ")
    assert ("Add a licence." in said.body) == (outcome != "approved")
    assert not Notification.objects.filter(user=staff, kind__startswith="template_").exists()


@pytest.mark.parametrize("outcome", KINDS)
def test_a_keeper_who_asked_is_told_once_by_the_request(outcome, reviewer):
    decided(outcome, keeper(), reviewer)
    assert not Notification.objects.filter(kind__in=KINDS.values()).exists()
    assert Notification.objects.filter(user=keeper(), about_kind="approvals.approvalrequest").count() == 1


def test_a_withdrawal_is_nobody_s_news(staff):
    version = check(bring())
    publications.submit(version, by=staff, now=NOW, tests_waived="x")
    publications.withdraw(version, by=staff, now=NOW)
    assert not Notification.objects.filter(kind__in=KINDS.values()).exists()
