"""Upgrades that may not be, and those that were asked or done twice."""

import pytest
from django.core.exceptions import PermissionDenied

from catalog.actions.marketplace import templates, upgrades
from catalog.models import Repository, Upgrade
from portal import jobs
from portal.states import InvalidTransition
from tests.catalog.actions.marketplace.test_upgrades import (  # noqa: F401
    PAGE,
    clone,
    edit,
    prepared,
    template,
    text,
    version,
)
from tests.makers.catalog import NOW, STEPS
from tests.makers.marketplace import keeper, make_template

pytestmark = pytest.mark.django_db


def test_backwards_and_to_another_template(template, clone, owner):  # noqa: F811
    new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
    upgrades.apply(prepared(clone, new, owner), where="main", by=owner, now=NOW)
    clone.refresh_from_db()
    old = template.versions.get(number="1.0.0")
    with pytest.raises(InvalidTransition, match="forward only"):
        upgrades.begin(clone, old, answers={}, hidden={}, by=owner, now=NOW)
    other = make_template(("2.0.0",), name="Other")
    with pytest.raises(InvalidTransition, match="another template"):
        upgrades.begin(clone, other.latest, answers={}, hidden={}, by=owner, now=NOW)


def test_a_version_withdrawn_between_look_and_apply(template, clone, owner):  # noqa: F811
    new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
    upgrade = prepared(clone, new, owner)
    templates.deprecate_version(new, reason="It leaks.", by=keeper(), now=NOW)
    with pytest.raises(InvalidTransition, match="taken out"):
        upgrades.apply(upgrade, where="main", by=owner, now=NOW)
    clone.refresh_from_db()
    assert clone.version.number == "1.0.0"


def test_a_deprecated_template_still_brings_its_versions(template, clone, owner):  # noqa: F811
    new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
    templates.deprecate(template, reason="Old.", successor=None, by=keeper(), now=NOW)
    upgrades.apply(prepared(clone, new, owner), where="main", by=owner, now=NOW)
    clone.refresh_from_db()
    assert clone.version == new


def test_an_app_that_moved_on_is_merged_anew(template, clone, owner):  # noqa: F811
    new = version(template, "1.1.0", **{"page.txt": PAGE + "end\n", "old.txt": PAGE + "old\n"})
    upgrade = prepared(clone, new, owner)
    edit(clone, owner, mine__txt="mine\n")
    upgrade = upgrades.apply(upgrade, where="main", by=owner, now=NOW)
    assert upgrade.state == "preparing" and "end" not in text(clone, "page.txt")
    assert jobs.run(upgrade.job_id)
    upgrade.refresh_from_db()
    upgrades.apply(upgrade, where="main", by=owner, now=NOW)
    assert text(clone, "page.txt").endswith("end\n") and text(clone, "mine.txt") == "mine\n"


def test_an_archived_app_and_an_outsider(template, clone, owner, outsider):  # noqa: F811
    new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
    with pytest.raises(PermissionDenied):
        upgrades.begin(clone, new, answers={}, hidden={}, by=outsider, now=NOW)
    app = clone.app
    app.refresh_from_db()
    STEPS["archive"](app, NOW)
    with pytest.raises(InvalidTransition, match="archived"):
        upgrades.begin(clone, new, answers={}, hidden={}, by=owner, now=NOW)


def test_asking_twice_is_asking_once(template, clone, owner):  # noqa: F811
    new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
    first = upgrades.begin(clone, new, answers=clone.answers, hidden={}, by=owner, now=NOW)
    assert upgrades.begin(clone, new, answers=clone.answers, hidden={}, by=owner, now=NOW) == first
    other = upgrades.begin(clone, new, answers={"title": "Other words"}, hidden={}, by=owner, now=NOW)
    first.refresh_from_db()
    assert first.state == "discarded" and other.state == "preparing"


def test_a_job_that_ran_twice_changes_nothing_twice(template, clone, owner):  # noqa: F811
    new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
    upgrade = prepared(clone, new, owner)
    revision = Repository.objects.get(pk=clone.repository_id).revision
    related = ("clone__app", "clone__template", "target__template", "by")
    upgrades.prepare(Upgrade.objects.select_related(*related).get(pk=upgrade.pk), now=NOW)
    assert Repository.objects.get(pk=clone.repository_id).revision == revision
    upgrades.apply(upgrade, where="main", by=owner, now=NOW)
    applied = Repository.objects.get(pk=clone.repository_id).revision
    upgrades.apply(upgrade, where="main", by=owner, now=NOW)
    assert Repository.objects.get(pk=clone.repository_id).revision == applied
