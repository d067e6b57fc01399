"""An app becomes a template: proposed by its owner, checked and reviewed like any other, and the credit is the owner's."""

import pytest
from django.core.exceptions import PermissionDenied

from catalog.actions.marketplace import publications, repositories, template_proposals, templates
from catalog.actions.marketplace.template_rows import BadTemplate
from catalog.badge_gate import BadgeNeeded
from catalog.models import AppTemplate, ReuseCredit
from catalog.states import AppState
from catalog.templating import git
from catalog.templating.tree import File
from tests.makers.catalog import NOW
from tests.makers.marketplace import METADATA, check, keeper, make_clone, make_template, publish
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db
DESCRIBED = {**METADATA, "name": "Leave with a rota", "examples": [], "pictures": []}


@pytest.fixture
def clone(owner, second_owner):
    return make_clone(make_template(("1.0.0",), files={"template/LICENSE": "Apache-2.0"}), owner=owner)


def change(clone, **files):
    """What the owner writes into the app's repository."""
    with repositories.changing(clone.repository, now=NOW) as path:
        now = {name.replace("__", "/"): File(text.encode()) for name, text in files.items()}
        tree = {**git.read(path, git.MAIN), **now}
        author = repositories.author(clone.app.owner, NOW)
        git.commit(path, git.MAIN, tree, message="Mine", author=author, parents=[git.head(path)])


def propose(clone, **details):
    look = template_proposals.look_at(clone)
    return template_proposals.propose(
        clone, look, **{"described": DESCRIBED, "by": clone.app.owner, "now": NOW, **details}
    )


def test_an_app_becomes_a_template_and_its_owner_gets_the_credit(clone, owner, second_owner):
    change(clone, src__rota="export const rota = 1;\n")
    version = propose(clone)
    template = version.template
    assert (version.number, version.state) == ("1.0.0", "draft")
    assert (template.origin, template.author, template.owner) == (clone.app, owner, owner)
    checked = check(version)
    assert (checked.state, checked.problems) == ("checked", [])
    templates.edit(template, owner=keeper(), team=None, by=keeper(), now=NOW)
    version.template.refresh_from_db()
    assert publish(version).state == "published"
    template.refresh_from_db()
    other = make_clone(
        template, owner=make_person("Else Where"), name="Rota of the north", answers={}, state=AppState.ACTIVE
    )
    tree = repositories.files(other.repository)
    assert tree["src/rota"].text == "export const rota = 1;\n"
    assert "Rota of the north" in (tree["index.html"].text or "") and "Leave desk" not in (
        tree["index.html"].text or ""
    )
    assert ReuseCredit.objects.get(app=other.app).author == owner


def test_the_same_proposed_twice_is_one(clone):
    change(clone, src__rota="export const rota = 1;\n")
    assert propose(clone).pk == propose(clone).pk
    assert AppTemplate.objects.filter(origin=clone.app).count() == 1


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "Nothing in it differs"),
        ({"src__keys": 'const password = "correct-horse-battery";'}, "looks like a secret"),
    ],
)
def test_what_cannot_be_reused_is_refused(clone, files, says):
    if files:
        change(clone, **files)
    with pytest.raises(BadTemplate, match=says):
        propose(clone)
    assert not AppTemplate.objects.filter(origin=clone.app).exists()


def test_an_app_without_a_licence_is_refused(owner, second_owner):
    clone = make_clone(make_template(("1.0.0",)), owner=owner)
    change(clone, src__rota="x")
    with pytest.raises(BadTemplate, match="no licence"):
        propose(clone)


def test_only_its_owners_and_staff_propose_it(clone, outsider, second_owner):
    change(clone, src__rota="x")
    with pytest.raises(PermissionDenied):
        propose(clone, by=outsider)
    assert propose(clone, by=second_owner).template.author == clone.app.owner


def test_an_owner_without_the_badge_may_propose_and_not_publish(clone, owner):
    change(clone, src__rota="export const rota = 1;\n")
    version = check(propose(clone))
    with pytest.raises(BadgeNeeded, match="Priya Nair does not hold it"):
        publications.submit(version, by=owner, now=NOW, tests_waived="They ran elsewhere.")
