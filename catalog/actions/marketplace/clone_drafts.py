"""A clone that is being filled in: begun, saved after each step, started, retried, given up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.actions.marketplace import secrets
from catalog.models import AppTemplate, Clone, CloneDraft
from catalog.models.marketplace.clone_draft import DraftState
from catalog.permissions_marketplace import denial_to_clone
from catalog.template_states import VersionState
from portal.jobs import enqueue
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition

LAST_STEP = 4  # the review saves nothing
Posted = Mapping[str, str | list[str]]


@transaction.atomic
def begin(template: AppTemplate, *, by: User, contract: Posted, now: datetime) -> CloneDraft:
    """A draft of the newest version. One that was begun and not touched is given back: a double click makes one."""
    template = (
        AppTemplate.objects.select_for_update(of=("self",)).select_related("latest", "successor").get(pk=template.pk)
    )
    allow(denial_to_clone(by, template, now=now))
    untouched = CloneDraft.objects.of(by).filter(
        template=template, version=template.latest, state=DraftState.OPEN, step=0
    )
    if (standing := untouched.order_by("-pk").first()) is not None:
        return standing
    assert template.latest is not None
    return CloneDraft.objects.create(
        key=uuid4(),
        by=by,
        template=template,
        version=template.latest,
        contract=dict(contract),
        created_at=now,
        updated_at=now,
    )


@transaction.atomic
def save(
    draft: CloneDraft,
    *,
    by: User,
    step: int,
    contract: Posted,
    answers: Mapping[str, Any] | None = None,
    hidden: Mapping[str, Any] | None = None,
    now: datetime,
) -> CloneDraft:
    """Keep what one step said, whether or not it is right: nothing that was typed is lost. `hidden` are secret answers.

    `step` is the number of the step when it was right, else 0."""
    draft = editable(draft, by)
    draft.contract = {**draft.contract, **contract}
    if answers is not None:
        draft.answers = dict(answers)
    if hidden:
        draft.secrets = secrets.seal({**secrets.unseal(draft.secrets), **hidden})
    draft.step, draft.updated_at = max(draft.step, step), now
    draft.save(update_fields=["contract", "answers", "secrets", "step", "updated_at"])
    return draft


@transaction.atomic
def follow(draft: CloneDraft, *, by: User, now: datetime) -> CloneDraft:
    """When its version was taken out of the marketplace meanwhile, go on with the newest one. Answers are kept by name."""
    draft = editable(draft, by)
    template = draft.template
    if draft.version.state != VersionState.PUBLISHED and template.latest is not None:
        draft.version, draft.step, draft.updated_at = template.latest, 0, now
        draft.save(update_fields=["version", "step", "updated_at"])
    return draft


@transaction.atomic
def start(draft: CloneDraft, *, by: User, review: bool, now: datetime) -> CloneDraft:
    """Have the app made by a job. `review` sends it for review when it is there. A double click starts one job."""
    draft = lock(draft, by)
    if draft.state == DraftState.DONE or (draft.state == DraftState.RUNNING and not is_stuck(draft)):
        return draft
    if draft.state == DraftState.DISCARDED:
        raise InvalidTransition(_("This clone was given up. Begin a new one from the template's page."))
    allow(denial_to_clone(by, draft.template, now=now))
    if draft.step < LAST_STEP:
        raise InvalidTransition(_("Some steps are not filled in yet. Go through them first."))
    draft.contract = {**draft.contract, "then": "submit" if review else "draft"}
    draft.state, draft.error, draft.updated_at = DraftState.RUNNING, "", now
    draft.job = enqueue(
        "catalog.make_clone",
        by=by,
        title=_("Make %(app)s from %(template)s") % {"app": draft, "template": draft.template},
        result_url=draft.get_absolute_url(),
        draft_id=draft.pk,
    )
    draft.save(update_fields=["contract", "state", "error", "job", "updated_at"])
    return draft


@transaction.atomic
def finish(draft: CloneDraft, clone: Clone, *, note: str, now: datetime) -> None:
    """The app is there. Secrets are no longer needed and go."""
    CloneDraft.objects.filter(pk=draft.pk).update(
        state=DraftState.DONE, app=clone.app, secrets="", error=note[:500], updated_at=now
    )


def fail(draft: CloneDraft, *, why: str, now: datetime) -> None:
    """It can be put right and tried again; nothing was made."""
    CloneDraft.objects.filter(pk=draft.pk, state=DraftState.RUNNING).update(
        state=DraftState.FAILED, error=why[:500], updated_at=now
    )


@transaction.atomic
def discard(draft: CloneDraft, *, by: User, now: datetime) -> CloneDraft:
    draft = lock(draft, by)
    if draft.state in (DraftState.OPEN, DraftState.FAILED) or is_stuck(draft):
        draft.state, draft.secrets, draft.updated_at = DraftState.DISCARDED, "", now
        draft.save(update_fields=["state", "secrets", "updated_at"])
    return draft


def is_stuck(draft: CloneDraft) -> bool:
    """Its job is over, and yet it is not done: the worker died too often, or somebody stopped it."""
    return draft.state == DraftState.RUNNING and (draft.job is None or draft.job.is_over)


def lock(draft: CloneDraft, by: User) -> CloneDraft:
    """Raises DoesNotExist for somebody else's: nobody learns that it is there."""
    found = CloneDraft.objects.select_for_update(of=("self",)).of(by)
    return found.select_related("template__latest", "template__successor", "version", "job").get(pk=draft.pk)


def editable(draft: CloneDraft, by: User) -> CloneDraft:
    """Locked, and open to change: what failed is open again."""
    draft = lock(draft, by)
    if is_stuck(draft) or draft.state == DraftState.FAILED:
        draft.state, draft.error = DraftState.OPEN, ""
        draft.save(update_fields=["state", "error"])
    if draft.state != DraftState.OPEN:
        raise InvalidTransition(_("This clone is %(state)s by now.") % {"state": draft.get_state_display().lower()})
    return draft
