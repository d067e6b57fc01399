"""Upgrading an app: which version, what it asks, what it changes, and applying it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.actions.marketplace import repositories, upgrades
from catalog.forms.marketplace.clone_answers import QuestionsForm
from catalog.forms.marketplace.upgrades import TargetForm
from catalog.models import Clone, MicroApp, TemplateVersion, Upgrade
from catalog.models.marketplace.upgrade import UpgradeState
from catalog.permissions_marketplace import denial_to_use_repository
from catalog.templating import differences
from catalog.views.marketplace.repositories import own
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow
from portal.states import InvalidTransition

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def upgrade_create(request: Request, slug: str) -> HttpResponse:
    """The version first; then what it asks that the clone has no answer to; then the job."""
    clone = own(request, slug)
    newer = list(TemplateVersion.objects.newer_than(clone.version).order_by("-rank"))
    form = TargetForm(request.POST or None, clone=clone)
    context = {
        "section": "clones",
        "clone": clone,
        "app": clone.app,
        "newer": newer,
        "form": form,
        "open": open_upgrade(clone),
    }
    page = "catalog/marketplace/upgrade_create.html"
    if request.method != "POST" or not form.is_valid():
        return render(request, page, context, status=422 if form.errors else 200)
    target = form.cleaned_data["target"]
    questions = questions_of(request, clone, target)
    if questions is not None and not (questions.is_bound and questions.is_valid()):
        status = 422 if questions.is_bound else 200
        return render(request, page, {**context, "target": target, "questions": questions}, status=status)
    return begun(request, clone, target, questions)


@require_http_methods(PAGE)
def answer_edit(request: Request, slug: str) -> HttpResponse:
    """Other answers on the same version: the same machinery, and the same look before anything is changed."""
    clone = own(request, slug)
    data = request.POST if request.method == "POST" else None
    questions = QuestionsForm(clone.version, clone.answers, {}, data)
    if questions.is_bound and questions.is_valid():
        return begun(request, clone, clone.version, questions)
    context = {
        "section": "clones",
        "clone": clone,
        "app": clone.app,
        "questions": questions,
        "open": open_upgrade(clone),
    }
    return render(request, "catalog/marketplace/answer_edit.html", context, status=422 if questions.is_bound else 200)


def open_upgrade(clone: Clone) -> Upgrade | None:
    return Upgrade.objects.filter(clone=clone, state__in=upgrades.OPEN).select_related("target").first()


def questions_of(request: Request, clone: Clone, target: TemplateVersion) -> QuestionsForm | None:
    """A form of what the target asks and the clone has not answered, and of secrets, which are never kept."""
    lacking = QuestionsForm(target, clone.answers, {}).lacking
    if not lacking:
        return None
    form = QuestionsForm(target, clone.answers, {}, request.POST if "answer-shown" in request.POST else None)
    form.keep(lacking)
    return form


def begun(request: Request, clone: Clone, target: TemplateVersion, questions: QuestionsForm | None) -> HttpResponse:
    answers: dict[str, Any] = questions.typed if questions else clone.answers
    hidden = questions.secrets if questions else {}
    now = timezone.now()
    upgrade = upgrades.begin(clone, target, answers=answers, hidden=hidden, by=request.user, now=now)
    return redirect(request, upgrade)


def seen(request: Request, pk: int) -> Upgrade:
    """For those who reach the app's source; for others it is not there, or refused with who does."""
    apps = MicroApp.objects.visible_to(request.user)
    related = ("clone__app__owner", "clone__app__second_owner", "clone__template", "source", "target", "by", "job")
    upgrade = get_object_or_404(Upgrade.objects.select_related(*related), pk=pk, clone__app__in=apps)
    allow(denial_to_use_repository(request.user, upgrade.clone.app))
    return upgrade


@require_safe
def upgrade_detail(request: Request, pk: int) -> HttpResponse:
    return upgrade_page(request, seen(request, pk))


def upgrade_page(request: Request, upgrade: Upgrade, *, conflict: str = "", status: int = 200) -> HttpResponse:
    job = upgrade.job
    if upgrade.state == UpgradeState.PREPARING and job is not None and not job.is_over and not conflict:
        return redirect(request, job)
    between = TemplateVersion.objects.ever_published().filter(
        template=upgrade.clone.template_id, rank__gt=upgrade.source.rank, rank__lte=upgrade.target.rank
    )
    context = {
        "section": "clones",
        "upgrade": upgrade,
        "app": upgrade.clone.app,
        "clone": upgrade.clone,
        "notes": between.order_by("-rank"),
        "conflicts": upgrade.found.get("conflicts", []),
        "changes": changes_of(upgrade),
        "conflict": conflict,
        "may_apply": upgrade.state == UpgradeState.READY,
    }
    return render(request, "catalog/marketplace/upgrade_detail.html", context, status=status)


def changes_of(upgrade: Upgrade) -> list[dict[str, Any]]:
    """Each file that changes, with its difference; those with something to decide first."""
    if not upgrade.merged or upgrade.state == UpgradeState.DISCARDED:
        return []
    decide = {one["path"] for one in upgrade.found.get("conflicts", [])}
    with repositories.opened(repositories.by_number(upgrade.clone.repository_id)) as path:
        rows = [
            {**one, "decide": one["path"] in decide, "patch": patch_of(path, upgrade, one)}
            for one in upgrade.found.get("changes", [])
        ]
    return sorted(rows, key=lambda row: (not row["decide"], row["path"]))


def patch_of(path: Any, upgrade: Upgrade, change: dict[str, str]) -> str:
    return differences.diff(path, upgrade.head, upgrade.merged, *{change["before"], change["path"]})


@require_safe
def upgrade_patch(request: Request, pk: int) -> HttpResponse:
    """The whole difference as a file that `git apply` takes."""
    upgrade = seen(request, pk)
    if not upgrade.merged or upgrade.state == UpgradeState.DISCARDED:
        raise InvalidTransition(_("There is no difference to download. Prepare the upgrade first."))
    with repositories.opened(repositories.by_number(upgrade.clone.repository_id)) as path:
        patch = differences.diff(path, upgrade.head, upgrade.merged)
    response = HttpResponse(patch, content_type="text/x-patch; charset=utf-8")
    name = f"{upgrade.clone.app.slug}-{upgrade.target.number}.patch"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def upgrade_application_create(request: Request, pk: int) -> HttpResponse:
    upgrade = seen(request, pk)
    where = upgrades.MAIN if request.POST.get("where") == upgrades.MAIN else upgrades.BRANCH
    upgrade = upgrades.apply(upgrade, where=where, by=request.user, now=timezone.now())
    if upgrade.state == UpgradeState.PREPARING:
        said = _("The app has changed meanwhile, so the upgrade is computed anew. Nothing was applied.")
        return upgrade_page(request, seen(request, pk), conflict=said, status=409)
    if upgrade.branch == "main":
        messages.success(
            request, _("%(app)s stands on %(version)s now.") % {"app": upgrade.clone.app, "version": upgrade.target}
        )
    else:
        messages.success(
            request, _("It is on the branch %(branch)s. Merge it when you are done.") % {"branch": upgrade.branch}
        )
    return redirect(request, upgrade)


@require_POST
def upgrade_discard_create(request: Request, pk: int) -> HttpResponse:
    upgrade = seen(request, pk)
    upgrades.discard(upgrade, by=request.user, now=timezone.now())
    messages.success(request, _("The upgrade is put aside. Nothing was changed."))
    return redirect(request, "catalog:source_detail", upgrade.clone.app.slug)
