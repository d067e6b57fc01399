"""Exceptions that are written and not yet sent."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from approvals.actions import exceptions
from approvals.actions.exceptions import KIND
from approvals.actions.requests import withdraw
from approvals.models import ApprovalRequest, PolicyException
from catalog.actions.submissions import SOURCE
from portal.states import InvalidTransition
from tests.approvals.actions.test_checks import bad_app, enforced, policy  # noqa: F401  (fixtures)
from tests.approvals.actions.test_exceptions import DAY, ask, settle, terms, violating  # noqa: F401  (fixtures)
from tests.makers.catalog import NOW

pytestmark = pytest.mark.django_db


class TestDrafts:
    def test_nobody_is_asked_and_nobody_else_sees_it_until_it_is_sent(self, enforced, violating, staff, reviewer):  # noqa: F811
        owner = violating.owner
        row = ask(enforced, violating, owner, as_draft=True)
        request = ApprovalRequest.objects.get(kind=KIND)
        assert (row.state, request.state, request.stages.count()) == ("draft", "draft", 0)
        for seen in (PolicyException.objects, ApprovalRequest.objects):
            assert seen.visible_to(owner).exists() and not seen.visible_to(reviewer).filter(state="draft").exists()
        assert request in ApprovalRequest.objects.waiting_for(owner)
        again = exceptions.ask_again(row, terms=terms(reason="In summer."), by=owner, now=NOW, as_draft=True)
        assert again.state == "draft" and ["Reason", "In summer."] in ApprovalRequest.objects.get(kind=KIND).facts
        exceptions.ask_again(row, terms=terms(reason="In autumn."), by=owner, now=NOW + DAY)
        request.refresh_from_db()
        row.refresh_from_db()
        assert (row.state, request.state, request.revision) == ("asked", "submitted", 1)
        assert request.stages.exists() and ["Reason", "In autumn."] in request.facts
        assert request.waited_on_requester == timedelta() and request.opened_at == NOW + DAY
        assert settle(row).state == "active"

    def test_two_may_write_and_one_may_ask(self, enforced, violating):  # noqa: F811
        row = ask(enforced, violating, violating.owner, as_draft=True)
        asked = ask(enforced, violating, violating.second_owner)
        with pytest.raises(InvalidTransition, match="is asked for already"):
            exceptions.ask_again(row, terms=terms(), by=violating.owner, now=NOW)
        row.refresh_from_db()
        assert row.state == "draft" and asked.state == "asked"

    def test_it_is_given_up_by_taking_it_back(self, enforced, violating):  # noqa: F811
        row = ask(enforced, violating, violating.owner, as_draft=True)
        withdraw(ApprovalRequest.objects.get(kind=KIND), by=violating.owner, now=NOW)
        row.refresh_from_db()
        assert row.state == "declined"

    def test_its_pages_say_so(self, client, enforced, violating):  # noqa: F811
        owner = violating.owner
        client.force_login(owner)
        url = reverse("approvals:exception_create", args=[enforced.slug]) + f"?kind={SOURCE}&id={violating.pk}"
        words = {"reason": "Later.", "compensating_control": "A look.", "ends_on": timezone.localdate() + 30 * DAY}
        assert "Save as draft" in client.get(url).content.decode()
        client.post(url, {**words, "then": "draft"})
        row = PolicyException.objects.get()
        assert "Nobody is asked until you send it." in client.get(row.get_absolute_url()).content.decode()
        request = ApprovalRequest.objects.get(kind=KIND)
        assert "Change it and send it" in client.get(request.get_absolute_url()).content.decode()
        client.post(reverse("approvals:exception_edit", args=[row.pk]), words)
        row.refresh_from_db()
        assert row.state == "asked"
