"""The job that makes an app of a filled-in draft. It may be run again at any point: what is there already is taken up."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions import submissions
from catalog.actions.marketplace import clone_drafts, clones
from catalog.badge_gate import BadgeNeeded
from catalog.forms.marketplace import clone_steps
from catalog.forms.marketplace.clone_answers import answers_of
from catalog.models import Clone, CloneDraft, MicroApp
from catalog.models.marketplace.clone_draft import DraftState
from catalog.states import AppState
from catalog.templating.render import RenderError
from catalog.templating.tree import BadTree
from portal import jobs
from portal.models import Job, User

STEPS = 4


@jobs.body("catalog.make_clone")
def make_clone(job: Job, draft_id: int) -> dict[str, Any]:
    draft = CloneDraft.objects.select_related("by", "template__repository", "version").get(pk=draft_id)
    done = iter(range(1, 100))

    def step(text: str) -> None:
        jobs.advance(job, step=text, progress=min(next(done), STEPS), total=STEPS)

    if draft.state == DraftState.DONE:
        return {}
    step(_("Reading your answers"))
    try:
        clone = made(draft, step)
    except (RenderError, BadTree) as error:
        raise jobs.Refused(str(error)) from None
    note = ""
    if draft.contract.get("then") == "submit":
        step(_("Running the policy checks"))
        note = submitted(clone.app, draft.by, timezone.now())
    clone_drafts.finish(draft, clone, note=note, now=timezone.now())
    return {"app": clone.app.slug}


@jobs.given_up("catalog.make_clone")
def clone_given_up(job: Job, draft_id: int) -> None:
    """What was filled in is kept, and can be tried again."""
    draft = CloneDraft.objects.get(pk=draft_id)
    clone_drafts.fail(draft, why=job.error or _("It was cancelled."), now=timezone.now())


def made(draft: CloneDraft, step: clones.Step) -> Clone:
    """Raises RenderError with a sentence when what was filled in no longer fits: a cost centre closed, a person left."""
    form = clone_steps.bound(draft)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        label = form.fields[name].label if name in form.fields else ""
        raise RenderError("contract", f"{label}: {errors[0]}")
    answers, problem = answers_of(draft)
    if problem:
        raise RenderError("answers", problem)
    return clones.make(
        draft.version, by=draft.by, values=form.values, answers=answers, now=timezone.now(), key=draft.key, step=step
    )


def submitted(app: MicroApp, by: User, now: datetime) -> str:
    """Send the draft for review; why not, when a badge is missing. The app stays a draft then, and nothing is lost."""
    app = MicroApp.objects.get(pk=app.pk)
    if app.state != AppState.DRAFT:
        return ""
    try:
        submissions.submit(app, by=by, now=now)
    except BadgeNeeded as refusal:
        return str(refusal)
    return ""
