"""The page of one version: what its check found, its files, and what is to be done with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.models import ApprovalRequest
from catalog.actions.marketplace import publications, repositories, template_rows, templates
from catalog.actions.marketplace.template_checks import tests_state
from catalog.badge_gate import BadgeNeeded, badge_of
from catalog.forms.marketplace.clone_answers import QuestionsForm
from catalog.forms.marketplace.template_changes import ReasonForm, SubmissionForm
from catalog.models import AppTemplate, TemplateVersion
from catalog.permissions_marketplace import denial_to_keep_template, publish_level
from catalog.template_states import VersionState
from catalog.templating import differences
from catalog.templating.app_tests import NONE, NOT_RUN
from catalog.templating.questions import asked
from catalog.views.marketplace.template_access import kept_version, seen_version
from catalog.views.marketplace.template_details import Part, overview
from catalog.views.marketplace.template_lists import card_context
from portal.htmx import redirect
from portal.http import Request
from portal.kpis import Text
from training.models import Certification

LONGEST_FILE = 60_000


@require_safe
def template_version_detail(request: Request, slug: str, number: str) -> HttpResponse:
    return version_page(request, seen_version(request, slug, number))


def version_page(
    request: Request,
    version: TemplateVersion,
    form: SubmissionForm | None = None,
    status: int = 200,
    conflict: str = "",
    badge: Certification | None = None,
) -> HttpResponse:
    template = AppTemplate.objects.with_figures().select_related("owner").get(pk=version.template_id)
    publications.show_as(template, version)
    asks = tests_state(version) in (NOT_RUN, NONE)
    tab = request.GET.get("tab", "") if request.GET.get("tab") in TABS else "checks"
    context: dict[str, Any] = {
        "section": "template_desk",
        "template": template,
        "version": version,
        "may_keep": denial_to_keep_template(request.user, template) is None,
        "asked": ApprovalRequest.objects.open().visible_to(request.user).about(publications.KIND, version.pk).first(),
        "questions": asked(version.questions),
        "form": form or SubmissionForm(asks=asks),
        "conflict": conflict,
        "badge": badge,
        "tab": tab,
        "tabs": tabs(version, tab),
        **card_context(request.user),
        **TABS[tab][1](request, template, version),
    }
    return render(request, "catalog/marketplace/template_version_detail.html", context, status=status)


def checks_of(request: Request, template: AppTemplate, version: TemplateVersion) -> dict[str, Any]:
    return {"report": version.report}


def questions_of(request: Request, template: AppTemplate, version: TemplateVersion) -> dict[str, Any]:
    """The form as a maker finds it, before anything is answered; nothing can be typed into it."""
    form = QuestionsForm(version, {}, {})
    for field in form.fields.values():
        field.disabled = True
    lines = []
    for question in form.questions:
        when, standing = question["when"], form.standing(question)
        lines.append((form[question["name"]], when if isinstance(when, str) else "", standing.error))
    return {"lines": lines}


def files_of(request: Request, template: AppTemplate, version: TemplateVersion) -> dict[str, Any]:
    """The files of the template, and the text of one."""
    name = request.GET.get("file", "")
    assert version.template.repository_id is not None
    tree = repositories.files(repositories.by_number(version.template.repository_id), version.commit)
    file = tree.get(name)
    text = file.text if file is not None else None
    return {
        "paths": [(path, len(entry.content)) for path, entry in sorted(tree.items())],
        "file": name if file is not None else "",
        "text": text[:LONGEST_FILE] if text is not None else None,
    }


def changes_of(request: Request, template: AppTemplate, version: TemplateVersion) -> dict[str, Any]:
    """What is other than in the version that is in use, as a patch; without one, than in the version brought before."""
    older = TemplateVersion.objects.filter(template=version.template_id, rank__lt=version.rank).order_by("-rank")
    before = older.ever_published().first() or older.exclude(state=VersionState.DISCARDED).first()
    if before is None or version.template.repository_id is None:
        return {"before": None, "patch": ""}
    with repositories.opened(repositories.by_number(version.template.repository_id)) as path:
        return {"before": before, "patch": differences.diff(path, before.commit, version.commit)}


TABS: dict[str, tuple[Text, Part]] = {
    "checks": (gettext_lazy("What was checked"), checks_of),
    "page": (gettext_lazy("As a page"), overview),
    "questions": (gettext_lazy("Questions"), questions_of),
    "files": (gettext_lazy("Files"), files_of),
    "changes": (gettext_lazy("Changes"), changes_of),
}


def tabs(version: TemplateVersion, current: str) -> list[dict[str, Any]]:
    url = version.get_absolute_url()
    return [
        {"label": label, "url": url if key == "checks" else f"{url}?tab={key}", "current": key == current}
        for key, (label, _part) in TABS.items()
    ]


@require_POST
def template_check_create(request: Request, slug: str, number: str) -> HttpResponse:
    version = kept_version(request, slug, number)
    if version.state not in (VersionState.DRAFT, VersionState.CHECKED):
        return version_page(request, version, status=409, conflict=_("Only a draft is checked again."))
    template_rows.ask_check(version, by=request.user)
    messages.success(request, _("The check has begun. Reload in a moment."))
    return redirect(request, version)


@require_POST
def template_submission_create(request: Request, slug: str, number: str) -> HttpResponse:
    version = kept_version(request, slug, number)
    form = SubmissionForm(request.POST, asks=tests_state(version) in (NOT_RUN, NONE))
    if not form.is_valid():
        return version_page(request, version, form, status=422)
    try:
        asked_for = publications.submit(version, by=request.user, now=timezone.now(), **form.cleaned_data)
    except BadgeNeeded as refusal:
        badge = badge_of(publish_level())
        return version_page(request, version, status=409, conflict=str(refusal), badge=badge)
    messages.success(
        request, _("%(version)s is with the reviewers. You are told what they decide.") % {"version": version}
    )
    return redirect(request, asked_for)


@require_POST
def template_withdrawal_create(request: Request, slug: str, number: str) -> HttpResponse:
    version = kept_version(request, slug, number)
    publications.withdraw(version, by=request.user, now=timezone.now())
    messages.success(request, _("The request is withdrawn."))
    return redirect(request, version)


@require_POST
def template_version_discard_create(request: Request, slug: str, number: str) -> HttpResponse:
    version = kept_version(request, slug, number)
    templates.discard_version(version, by=request.user, now=timezone.now())
    messages.success(request, _("%(version)s is discarded. Its number is free again.") % {"version": version})
    return redirect(request, "catalog:template_desk_detail", version.template.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def template_version_deprecation_create(request: Request, slug: str, number: str) -> HttpResponse:
    version = kept_version(request, slug, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        templates.deprecate_version(version, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        messages.success(request, _("%(version)s is deprecated.") % {"version": version})
        return redirect(request, "catalog:template_desk_detail", version.template.slug)
    standing = version.clones.standing().count()
    context = {"section": "template_desk", "version": version, "form": form, "standing": standing}
    name = "catalog/marketplace/template_version_deprecation_create.html"
    return render(request, name, context, status=422 if form.errors else 200)
