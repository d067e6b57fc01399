"""Every type of question that Copier knows, as a field of the wizard: what is typed is what the template gets."""

import pytest

from catalog.actions.marketplace import repositories
from catalog.models import Clone
from portal import jobs
from tests.makers import wizard
from tests.makers.marketplace import make_template

QUESTIONS = """\
_subdirectory: template
_envops: {undefined: jinja2.StrictUndefined, keep_trailing_newline: true}
title: {type: str, default: Leave requests}
days: {type: int, default: 3}
share: {type: float, default: 0.5}
mails: {type: bool, default: true}
shops: {type: str, multiselect: true, default: [north], choices: {The north: north, The south: south, The west: west}}
size: {type: int, default: 1, choices: {Small: 1, Large: 2}}
rooms: {type: yaml, default: [hall]}
limits: {type: json, default: '{"a": 1}'}
note: {type: str, multiline: true, default: One line.}
"""
OUT = """\
{{ days * 2 }} {{ share * 2 }} {{ mails }} {{ shops|join("+") }} {{ size + 1 }} {{ rooms|join("+") }} {{ limits.a }}
{{ note }}
"""
TYPED = {
    "title": "Leave", "days": "5", "share": "0.25", "shops": ['"north"', '"west"'], "size": "2", "rooms": "[attic, cellar]",
    "limits": '{"a": 7}', "note": "Two\nlines.",
}  # fmt: skip


@pytest.fixture
def template(db):
    return make_template(("1.0.0",), examples=[], files={"copier.yml": QUESTIONS, "template/out.txt.jinja": OUT})


def answers(**changes):
    said = {**TYPED, **changes}
    names = [*TYPED, "mails"]
    return {"answer-shown": names, **{f"answer-{name}": value for name, value in said.items()}}


def test_what_is_typed_is_what_the_template_gets(client, template, owner, second_owner):
    client.force_login(owner)
    draft = wizard.begin(client, template)
    typed = wizard.steps(owner, second_owner)
    typed["name"] = {**{k: v for k, v in typed["name"].items() if not k.startswith("answer")}, **answers()}
    wizard.fill_in(client, draft, typed)
    review = client.get(draft.get_absolute_url() + "review/").content.decode()
    assert "The north, The west" in review and "Large" in review
    assert jobs.run(wizard.start(client, draft, then="draft").pk)
    clone = Clone.objects.select_related("repository").get()
    assert clone.answers == {
        "title": "Leave", "days": 5, "share": 0.25, "mails": False, "shops": ["north", "west"], "size": 2,
        "rooms": ["attic", "cellar"], "limits": {"a": 7}, "note": "Two\nlines.",
    }  # fmt: skip
    made = repositories.files(clone.repository)["out.txt"].text
    assert made == "10 0.5 False north+west 3 attic+cellar 7\nTwo\nlines.\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [("days", "five"), ("days", ""), ("share", "half"), ("shops", ['"east"']), ("size", '"2"'), ("rooms", "[attic")],
)
def test_what_does_not_fit_is_said_beside_the_question(client, template, owner, second_owner, name, value):
    client.force_login(owner)
    draft = wizard.begin(client, template)
    typed = wizard.steps(owner, second_owner)["name"] | answers(**{name: value})
    answer = client.post(draft.get_absolute_url() + "name/", typed)
    assert answer.status_code == 422 and f'id="id_answer-{name}_error"' in answer.content.decode()
