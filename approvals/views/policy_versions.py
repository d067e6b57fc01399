"""The versions of a policy: written, tried, tested, measured, proposed, and put in force by a second person."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals import activations, source_diff
from approvals.actions import policy_versions
from approvals.engine import PolicyError, cases, engine
from approvals.engine.inputs import evaluate
from approvals.forms.policies import DraftForm, ModuleForms, ReasonForm, TrialForm, initial_of, modules_of, written
from approvals.models import Policy, PolicyVersion
from approvals.permissions_policies import denial_to_activate, denial_to_keep_policies, denial_to_read_drafts
from approvals.states import VersionState
from portal import jobs
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow
from portal.states import InvalidTransition

PAGE = ["GET", "HEAD", "POST"]
OPEN = (VersionState.DRAFT, VersionState.PROPOSED)
START = """package trellis.{package}

import rego.v1

deny contains msg if {{
	some host in input.request.hosts
	not host in data.allowed
	msg := sprintf("The host %s is not allowed.", [host])
}}
"""


def version_of(request: Request, slug: str, number: int) -> PolicyVersion:
    allow(denial_to_read_drafts(request.user))
    found = PolicyVersion.objects.select_related("policy__active", "written_by", "proposed_by", "activated_by")
    return get_object_or_404(found, policy__slug=slug, number=number)


@require_safe
def policy_version_detail(request: Request, slug: str, number: int) -> HttpResponse:
    return version_page(request, version_of(request, slug, number))


def version_page(
    request: Request,
    version: PolicyVersion,
    *,
    trial: TrialForm | None = None,
    verdict: Any = None,
    problem: str = "",
    send_back: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    policy, user = version.policy, request.user
    before = policy.active if policy.active_id != version.pk else None
    may_keep = denial_to_keep_policies(user) is None
    context = {
        "section": "policies",
        "policy": policy,
        "version": version,
        "before": before,
        "diff": source_diff.between(before.modules if before else {}, version.modules) if before else [],
        "dependents": activations.dependents(version) if version.state in OPEN and version.tests_pass else [],
        "missing": policy_versions.missing_of(version) if version.state == VersionState.DRAFT else "",
        "impact": version.impacts.filter(revision=version.revision).first(),
        "may_keep": may_keep,
        "data_text": written(version.data),
        "is_open": version.state in OPEN,
        "activation_denial": denial_to_activate(user, version) if version.state == VersionState.PROPOSED else None,
        "trial": trial or TrialForm(),
        "verdict": verdict,
        "problem": problem,
        "send_back": send_back or ReasonForm(prefix="back"),
    }
    return render(request, "approvals/policy_version_detail.html", context, status=status)


@require_http_methods(PAGE)
def policy_draft_edit(request: Request, slug: str) -> HttpResponse:
    """The draft, or the text in force to begin one from. Saving never loses a text, also one that does not compile."""
    allow(denial_to_keep_policies(request.user))
    policy = get_object_or_404(Policy.objects.select_related("active"), slug=slug)
    draft = policy.versions.filter(state__in=OPEN).select_related("written_by").first()
    shown = draft or policy.active
    data = request.POST if request.method == "POST" else None
    first: dict[str, Any] = initial_of(shown) if shown else {}
    if draft is not None:
        first |= {"note": draft.note, "seen": policy_versions.fingerprint(draft)}
    form = DraftForm(data, initial=first)
    files = ModuleForms(data, initial=files_of(policy, shown) if data is None else None, prefix="files")
    conflict = ""
    if data is not None and form.is_valid() and files.is_valid():
        try:
            version = save(request, policy, form, modules_of(files))
        except InvalidTransition as refusal:
            conflict = str(refusal)
        else:
            return after_saving(request, version)
    context = {
        "section": "policies",
        "policy": policy,
        "draft": draft,
        "form": form,
        "files": files,
        "conflict": conflict,
        "is_proposed": draft is not None and draft.state == VersionState.PROPOSED,
    }
    status = 409 if conflict else 422 if data is not None else 200
    return render(request, "approvals/policy_draft_edit.html", context, status=status)


def files_of(policy: Policy, shown: PolicyVersion | None) -> list[dict[str, str]]:
    if shown is not None:
        return [{"name": name, "source": source} for name, source in sorted(shown.modules.items())]
    return [{"name": "policy.rego", "source": START.format(package=policy.slug.replace("-", "_"))}]


def save(request: Request, policy: Policy, form: DraftForm, modules: dict[str, str]) -> PolicyVersion:
    said = form.cleaned_data
    return policy_versions.write(
        policy,
        modules=modules,
        data=said["document"],
        found=said["cases"],
        mode=said["mode"],
        note=said["note"],
        by=request.user,
        now=timezone.now(),
        seen=said["seen"] or None,
    )


def after_saving(request: Request, version: PolicyVersion) -> HttpResponse:
    """With the button that tests too, its cases are run at once; what does not compile is said on its page."""
    if "test" in request.POST:
        return run_tests(request, version)
    messages.success(request, _("The draft is saved."))
    return redirect(request, version)


def run_tests(request: Request, version: PolicyVersion) -> HttpResponse:
    try:
        policy_versions.test(version, by=request.user, now=timezone.now())
    except PolicyError as error:
        return version_page(request, version, problem=error.sentence, status=422)
    messages.success(request, _("The test cases were run."))
    return redirect(request, version)


@require_POST
def policy_test_create(request: Request, slug: str, number: int) -> HttpResponse:
    version = version_of(request, slug, number)
    allow(denial_to_keep_policies(request.user))
    return run_tests(request, version)


@require_POST
def policy_trial_create(request: Request, slug: str, number: int) -> HttpResponse:
    """What it would say of an input. Nothing is stored."""
    version, form = version_of(request, slug, number), TrialForm(request.POST)
    if not form.is_valid():
        return version_page(request, version, trial=form, status=422)
    asked = cases.merged(cases.BASE, form.cleaned_data["input"])
    (verdict,) = evaluate(engine(), policy_versions.policy_set_of(version), [asked])
    return version_page(request, version, trial=form, verdict=verdict)


@require_POST
def policy_impact_create(request: Request, slug: str, number: int) -> HttpResponse:
    """Ask for the analysis; it is long work, with a page of its own."""
    version = version_of(request, slug, number)
    allow(denial_to_keep_policies(request.user))
    job = jobs.enqueue(
        "approvals.analyse_impact",
        by=request.user,
        title=_("Impact of %(policy)s, version %(number)d") % {"policy": version.policy, "number": version.number},
        result_url=version.get_absolute_url(),
        version_id=version.pk,
    )
    return redirect(request, "job_detail", job.pk)


def step(act: Callable[..., object], said: Any) -> Callable[..., HttpResponse]:
    """A step of a version that needs nothing but a click."""

    @require_POST
    def view(request: Request, slug: str, number: int) -> HttpResponse:
        version = version_of(request, slug, number)
        act(version, by=request.user, now=timezone.now())
        messages.success(request, str(said))
        return redirect(request, version)

    return view


policy_proposal_create = step(policy_versions.propose, gettext_lazy("It waits for a second person."))
policy_activation_create = step(
    policy_versions.activate, gettext_lazy("It is in force. Everything live is checked by it.")
)
policy_discard_create = step(policy_versions.discard, gettext_lazy("The version is discarded. It stays in the list."))


@require_POST
def policy_send_back_create(request: Request, slug: str, number: int) -> HttpResponse:
    version, form = version_of(request, slug, number), ReasonForm(request.POST, prefix="back")
    allow(denial_to_keep_policies(request.user))
    if not form.is_valid():
        return version_page(request, version, send_back=form, status=422)
    policy_versions.send_back(version, by=request.user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("It is a draft again."))
    return redirect(request, version)
