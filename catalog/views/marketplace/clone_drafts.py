"""The clone wizard: five steps, each saved; the making; and where the app is."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.actions.marketplace import clone_drafts
from catalog.forecasts import of_form
from catalog.forms.marketplace import clone_steps
from catalog.forms.marketplace.clone_answers import QuestionsForm, answers_of
from catalog.forms.marketplace.clone_steps import REVIEW, STEPS, StepForm
from catalog.models import AppTemplate, CloneDraft, MicroApp
from catalog.models.marketplace.clone_draft import DraftState
from catalog.permissions_marketplace import denial_to_clone
from catalog.risk import Lineage
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow

SECTION = "templates"


@require_POST
def clone_draft_create(request: Request, slug: str) -> HttpResponse:
    found = AppTemplate.objects.visible_to(request.user).select_related("latest", "successor")
    template = get_object_or_404(found, slug=slug)
    now = timezone.now()
    allow(denial_to_clone(request.user, template, now=now))
    contract = clone_steps.first_posted(request.user, template)
    draft = clone_drafts.begin(template, by=request.user, contract=contract, now=now)
    return redirect(request, draft)


def own(request: Request, pk: int) -> CloneDraft:
    """One of the reader's own; somebody else's is not there."""
    drafts = CloneDraft.objects.of(request.user).select_related("template__latest", "version", "job", "by", "app")
    return get_object_or_404(drafts.defer("app__search", "template__search"), pk=pk)


@require_safe
def clone_draft_detail(request: Request, pk: int) -> HttpResponse:
    """Where it stands: the next step to fill in, the job, what went wrong, or the app."""
    draft = own(request, pk)
    if draft.state == DraftState.OPEN:
        number = min(draft.step + 1, len(STEPS) + 1)
        return redirect(request, "catalog:clone_draft_edit", draft.pk, slug_of(number))
    if draft.state == DraftState.RUNNING and draft.job is not None and not draft.job.is_over:
        return redirect(request, draft.job)
    if draft.state == DraftState.DONE and draft.app is None:
        raise Http404
    context: dict[str, Any] = {"section": SECTION, "draft": draft, "steps": clone_steps.TITLES}
    if draft.state == DraftState.DONE:
        app = MicroApp.objects.select_related("clone__version").get(clone_draft=draft)
        return render(request, "catalog/marketplace/clone_done.html", {**context, "app": app})
    return render(request, "catalog/marketplace/clone_failed.html", context)


def slug_of(number: int) -> str:
    return REVIEW if number > len(STEPS) else STEPS[number - 1].slug


@require_http_methods(["GET", "HEAD", "POST"])
def clone_draft_edit(request: Request, pk: int, step: str) -> HttpResponse:
    number = clone_steps.number_of(step)
    if not number:
        raise Http404
    draft = own(request, pk)
    if draft.state in (DraftState.RUNNING, DraftState.DONE, DraftState.DISCARDED) and not clone_drafts.is_stuck(draft):
        return redirect(request, draft)
    if draft.version_id != draft.template.latest_id and draft.version.state != "published":
        clone_drafts.follow(draft, by=request.user, now=timezone.now())
        messages.warning(request, _("The template has a new version. Look at your answers once more."))
        return redirect(request, draft)
    if step == REVIEW:
        return review(request, draft)
    return save(request, draft, number) if request.method == "POST" else look(request, draft, number)


def look(request: Request, draft: CloneDraft, number: int) -> HttpResponse:
    step = STEPS[number - 1]
    questions = QuestionsForm.of_draft(draft) if step.asks else None
    return step_page(request, draft, number, StepForm(clone_steps.shown(draft), step), questions)


def save(request: Request, draft: CloneDraft, number: int) -> HttpResponse:
    """Keep what was typed, right or wrong; go on when it is right."""
    step = STEPS[number - 1]
    posted = clone_steps.posted_of(step, request.POST)
    form = StepForm(clone_steps.bound(draft, posted), step)
    questions = QuestionsForm.of_post(draft, request.POST) if step.asks else None
    valid = all([form.is_valid(), questions is None or questions.is_valid()])  # both, so that both say what is wrong
    draft = clone_drafts.save(
        draft,
        by=request.user,
        step=number if valid else 0,
        contract=posted,
        answers=questions.typed if questions else None,
        hidden=questions.secrets if questions else None,
        now=timezone.now(),
    )
    if not valid:
        return step_page(request, draft, number, form, questions, status=422)
    return redirect(request, "catalog:clone_draft_edit", draft.pk, slug_of(number + 1))


def step_page(
    request: Request,
    draft: CloneDraft,
    number: int,
    form: StepForm,
    questions: QuestionsForm | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": SECTION,
        "draft": draft,
        "form": form,
        "questions": questions,
        "step": STEPS[number - 1],
        "number": number,
        "steps": clone_steps.TITLES,
        "back": slug_of(number - 1) if number > 1 else "",
    }
    return render(request, "catalog/marketplace/clone_step.html", context, status=status)


def review(request: Request, draft: CloneDraft) -> HttpResponse:
    """Everything once more, with the risk and who decides. What is missing leads back to its step."""
    form = clone_steps.bound(draft)
    answers, problem = answers_of(draft)
    missing = clone_steps.first_incomplete(form, answered=not problem)
    if missing <= len(STEPS):
        return redirect(request, "catalog:clone_draft_edit", draft.pk, slug_of(missing))
    context = {
        "section": SECTION,
        "draft": draft,
        "steps": clone_steps.TITLES,
        "number": len(STEPS) + 1,
        "lines": [(step, [(form[name].label, said(form, name)) for name in step.fields]) for step in STEPS],
        "answers": QuestionsForm.of_draft(draft).said(answers),
        "forecast": of_form(form, now=timezone.now(), origin=Lineage(draft.template.name)),
    }
    return render(request, "catalog/marketplace/clone_review.html", context)


def said(form: clone_steps.CloneForm, name: str) -> str:
    """A value of the cleaned contract in words."""
    value = form.cleaned_data.get(name)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or _("none")
    if isinstance(value, dict):
        return ", ".join(f"{key}: {part}" for key, part in value.items()) or _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = (
        dict(getattr(form.fields[name], "choices", None) or []) if name in ("data_classification", "sla_tier") else {}
    )
    return str(choices.get(value, value if value not in (None, "") else _("none")))


@require_POST
def clone_forecast_create(request: Request, pk: int) -> HttpResponse:
    """The risk as it is now, for the panel beside a step. Nothing is stored."""
    draft = own(request, pk)
    step = next((one for one in STEPS if one.slug == request.POST.get("step")), STEPS[0])
    form = clone_steps.bound(draft, clone_steps.posted_of(step, request.POST))
    forecast = of_form(form, now=timezone.now(), origin=Lineage(draft.template.name))
    return render(request, "approvals/_forecast.html", {"forecast": forecast})


@require_POST
def clone_create(request: Request, pk: int) -> HttpResponse:
    draft = own(request, pk)
    review = request.POST.get("then") != "draft"
    draft = clone_drafts.start(draft, by=request.user, review=review, now=timezone.now())
    return redirect(request, draft.job if draft.job is not None and not draft.job.is_over else draft)


@require_POST
def clone_draft_discard_create(request: Request, pk: int) -> HttpResponse:
    draft = clone_drafts.discard(own(request, pk), by=request.user, now=timezone.now())
    messages.success(request, _("The clone %(name)s is given up. The template is still there.") % {"name": draft})
    return redirect(request, draft.template)
