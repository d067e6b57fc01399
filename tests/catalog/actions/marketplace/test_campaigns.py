"""Telling owners of new versions, and campaigns: once for each, reminded, closed when the app has caught up."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from catalog.actions.marketplace import campaigns, upgrades
from catalog.models import Campaign
from portal.models import Notification
from portal.states import InvalidTransition
from tests.catalog.actions.marketplace.test_upgrades import PAGE, clone, prepared, template, version  # noqa: F401
from tests.makers.catalog import NOW
from tests.makers.marketplace import keeper

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def notes(kind):
    return Notification.objects.filter(kind=kind)


def test_owners_are_told_once_of_the_newest_and_asked_for_a_fix(template, clone, owner, second_owner):  # noqa: F811
    version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
    assert campaigns.tell_of_versions(now=NOW) == 1 and campaigns.tell_of_versions(now=NOW) == 0
    assert {note.user for note in notes("template_newer")} == {owner, second_owner}
    version(template, "1.2.0", security=True, **{"page.txt": PAGE, "old.txt": "y"})
    assert campaigns.tell_of_versions(now=NOW) == 1
    note = notes("template_fix").first()
    assert note.asks and note.params["behind"] == 2 and note.params["version"] == "1.2.0"


def test_an_upgrade_ends_the_asking(template, clone, owner):  # noqa: F811
    new = version(template, "1.1.0", security=True, **{"page.txt": PAGE, "old.txt": "x"})
    campaigns.tell_of_versions(now=NOW)
    upgrades.apply(prepared(clone, new, owner), where="main", by=owner, now=NOW)
    assert not notes("template_fix").filter(closed_at=None).exists()


def test_a_campaign_asks_reminds_and_ends_by_itself(template, clone, owner):  # noqa: F811
    new = version(template, "1.1.0", security=True, **{"page.txt": PAGE, "old.txt": "x"})
    due = NOW.date() + 10 * DAY
    campaign = campaigns.call(template, target=new, reason="A hole.", due_on=due, by=keeper(), now=NOW)
    assert campaign.clones_at_start == 1 and notes("template_campaign").count() == 2
    with pytest.raises(InvalidTransition, match="under way"):
        campaigns.call(template, target=new, reason="Again.", due_on=due, by=keeper(), now=NOW)
    for days, expected in ((1, 2), (3, 4), (4, 4), (9, 6), (11, 8), (12, 8)):
        campaigns.attend(now=NOW + days * DAY)
        campaigns.attend(now=NOW + days * DAY)
        assert notes("template_campaign").count() == expected, days
    upgrades.apply(prepared(clone, new, owner), where="main", by=owner, now=NOW)
    campaigns.attend(now=NOW + 13 * DAY)
    assert Campaign.objects.get().ended_at is not None
    assert not notes("template_campaign").filter(closed_at=None).exists()


def test_a_campaign_has_a_day_ahead_and_a_keeper(template, clone, owner):  # noqa: F811
    new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
    with pytest.raises(InvalidTransition, match="not over"):
        campaigns.call(template, target=new, reason="x", due_on=NOW.date() - DAY, by=keeper(), now=NOW)
    with pytest.raises(PermissionDenied):
        campaigns.call(template, target=new, reason="x", due_on=NOW.date(), by=owner, now=NOW)
