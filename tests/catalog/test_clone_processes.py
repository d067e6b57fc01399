"""Clones made by real processes: forty at once by four workers, and one whose worker is killed in the middle."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.actions.marketplace import clone_drafts, repositories
from catalog.forms.marketplace import clone_steps
from catalog.models import Clone, CloneDraft, MicroApp
from portal import jobs
from portal.leases import LEASE
from portal.models import Job
from portal.models.job import JobState
from tests.makers.catalog import NOW
from tests.makers.marketplace import make_template
from tests.makers.wizard import steps
from tests.workers import python, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
DRAIN = "from portal import jobs; jobs.drain(seconds=100)"
SLOW = {
    "template/slow.txt.jinja": "{% for a in range(1000) %}{% for b in range(1000) %}{{ '' }}{% endfor %}{% endfor %}"
}


def filled(template, owner, second_owner, number, name="Same name"):
    """A draft with every step filled in, and its job."""
    first = clone_steps.first_posted(owner, template)
    draft = clone_drafts.begin(template, by=owner, contract=first, now=NOW + timedelta(seconds=number))
    for place, (_step, typed) in enumerate(steps(owner, second_owner, name=name).items(), 1):
        contract = {key: value for key, value in typed.items() if not key.startswith("answer-")}
        answers = {"title": f"Number {number}", "steps": 1} if place == 1 else None
        draft = clone_drafts.save(draft, by=owner, step=place, contract=contract, answers=answers, now=NOW)
    return clone_drafts.start(draft, by=owner, review=False, now=NOW)


def test_forty_at_once_by_four_workers_are_all_right(owner, second_owner):
    template = make_template(("1.0.0",))
    for number in range(40):
        filled(template, owner, second_owner, number)
    drains = [python(DRAIN) for _number in range(4)]
    assert [drain.wait(150) for drain in drains] == [0, 0, 0, 0]
    assert set(Job.objects.filter(name="catalog.make_clone").values_list("state", "attempts")) == {(JobState.DONE, 1)}
    clones = Clone.objects.select_related("app")
    assert clones.count() == 40 and MicroApp.objects.count() == 40 and len({clone.app.slug for clone in clones}) == 40
    for clone in list(clones)[::9]:
        files = repositories.files(repositories.by_number(clone.repository_id))
        assert clone.answers["title"] in files["index.html"].text and clone.app.slug in files["microapp.yaml"].text


def test_one_killed_in_the_middle_is_repeated_once_and_whole(owner, second_owner):
    template = make_template(("1.0.0",), files=SLOW)
    draft = filled(template, owner, second_owner, 1)
    drain = python(DRAIN)
    wait_until(lambda: Job.objects.get(pk=draft.job_id).progress >= 2)
    drain.kill()
    drain.wait(10)
    job = Job.objects.get(pk=draft.job_id)
    assert job.state == JobState.RUNNING and not Clone.objects.exists() and not MicroApp.objects.exists()
    assert jobs.drain(now=timezone.now() + LEASE * 1.5) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert Clone.objects.count() == 1 and CloneDraft.objects.get().state == "done"
