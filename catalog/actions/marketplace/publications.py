"""From a checked version to a published one: asked of a reviewer, who is never who keeps the template."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from approvals.actions.moves import lock as lock_request
from approvals.actions.requests import open_request, resubmit, take_back
from approvals.models import ApprovalRequest
from approvals.registry import Asked, Fact
from approvals.risk import RiskFacts
from approvals.states import RequestState
from catalog.actions.marketplace.template_checks import tests_state
from catalog.actions.marketplace.version_moves import lock, move
from catalog.badge_gate import BadgeNeeded, badge_of
from catalog.models import AppTemplate, Connector, TemplateVersion
from catalog.models.micro_app import DataClass
from catalog.notifications.templates import PUBLISHED, tell_keeper
from catalog.permissions_marketplace import denial_to_keep_template, publish_level
from catalog.review_facts import listed
from catalog.template_states import VersionState
from catalog.templating.app_tests import NONE, NOT_RUN
from portal.audit import kind_of
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition
from training import gates
from training.models.course import Level

KIND = "template"


@transaction.atomic
def submit(version: TemplateVersion, *, by: User, now: datetime, tests_waived: str = "") -> ApprovalRequest:
    """Ask for it to be published; after a send-back, ask again in the same request. `tests_waived` says why a reviewer may
    take it although its tests were not run here."""
    request = ApprovalRequest.objects.open().about(KIND, version.pk).first()
    request = lock_request(request) if request else None
    version = lock(version)
    allow(denial_to_keep_template(by, version.template))
    refuse_unless_badged(version, now=now)
    if tests_state(version) in (NOT_RUN, NONE) and not tests_waived:
        raise InvalidTransition(_("Its tests were not run. Say where they ran, or why it needs none."))
    version.tests_waived = tests_waived[:300]
    version.save(update_fields=["tests_waived"])
    move(version, VersionState.IN_REVIEW, by=by, now=now, verb="catalog.template_version_submitted")
    if request is not None and request.state == RequestState.RETURNED:
        return resubmit(request, asked=asked_about(version), by=by, now=now)
    return open_request(kind=KIND, asked=asked_about(version), by=by, now=now)


@transaction.atomic
def withdraw(version: TemplateVersion, *, by: User, now: datetime) -> ApprovalRequest:
    """Take the question back: the version is checked again, as before."""
    request = ApprovalRequest.objects.open().about(KIND, version.pk).first()
    if request is None:
        raise InvalidTransition(
            _("%(version)s is not in review, so there is nothing to withdraw.") % {"version": version}
        )
    request = lock_request(request)
    allow(denial_to_keep_template(by, version.template))
    return take_back(request, by=by, now=now)


def refuse_unless_badged(version: TemplateVersion, *, now: datetime) -> None:
    """Raise BadgeNeeded unless who keeps the template holds the level that publishing asks for. What was read is kept."""
    level, owner = publish_level(), version.template.owner
    if not level:
        return
    seen = gates.record(
        owner, purpose="publish", level=level, about_kind=kind_of(version), about_id=version.pk, now=now
    )
    if seen.allowed:
        return
    badge = badge_of(level)
    raise BadgeNeeded(
        _(
            "Publishing a template asks for the level %(level)s, and %(owner)s does not hold it. Earn the badge at %(page)s."
        )
        % {"level": Level(level).label, "owner": owner.name, "page": badge.get_absolute_url() if badge else ""}
    )


def asked_about(version: TemplateVersion) -> Asked:
    template, touched = version.template, version.metadata["touches"]
    names = list(
        Connector.objects.filter(slug__in=touched["connectors"]).order_by("name").values_list("name", flat=True)
    )
    return Asked(
        subject_id=version.pk,
        title=str(version),
        url=version.get_absolute_url(),
        facts=[
            Fact(_("What it is"), version.metadata["summary"]),
            Fact(_("Version"), version.number),
            Fact(_("What is new"), version.notes or _("nothing said")),
            Fact(_("Fixes a security problem"), _("yes") if version.is_security else _("no")),
            Fact(_("Data it handles"), str(DataClass(touched["data_classification"]).label)),
            Fact(_("Connectors"), listed(names)),
            Fact(_("External hosts"), listed(touched["hosts"])),
            Fact(_("Badge needed"), version.metadata["badge"]),
            Fact(_("Licence"), version.metadata["licence"]),
            Fact(_("Its tests"), said_of_tests(version)),
        ],
        business_unit=template.team,
        risk=RiskFacts(data_classification=touched["data_classification"], hosts=tuple(sorted(touched["hosts"]))),
        responsible=template.owner,
    )


def said_of_tests(version: TemplateVersion) -> str:
    if version.tests_waived:
        return _("not run here: %(why)s") % {"why": version.tests_waived}
    return _("passed with its defaults and every example")


def grant(request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
    """Publish. The badge of who keeps it is read again: what lapsed meanwhile no longer opens the door."""
    version = lock(TemplateVersion(pk=request.subject_id))
    refuse_unless_badged(version, now=now)
    publish(version, by=by, now=now, verb="catalog.template_version_published", facts={"request": request.pk})
    tell_keeper(PUBLISHED, version, request, by=by, now=now)


def send_back(request: ApprovalRequest, *, by: User | None, reason: str, now: datetime, tell: str = "") -> None:
    """Checked again. One that was sent back before, and is withdrawn now, is there already. `tell` is the kind of notification
    for who keeps it, empty for none."""
    version = lock(TemplateVersion(pk=request.subject_id))
    if version.state == VersionState.IN_REVIEW:
        facts, verb = {"request": request.pk}, "catalog.template_version_sent_back"
        move(version, VersionState.CHECKED, by=by, now=now, verb=verb, reason=reason, facts=facts)
    if tell:
        tell_keeper(tell, version, request, by=by, reason=reason, now=now)


def publish(version: TemplateVersion, *, by: User | None, now: datetime, verb: str, facts: dict[str, int]) -> None:
    """The publication itself, on a locked version in review. The template shows its newest published version."""
    version = move(version, VersionState.PUBLISHED, by=by, now=now, verb=verb, facts=facts)
    show_newest(version.template, now=now)


def show_newest(template: AppTemplate, *, now: datetime) -> None:
    """Bring the row of the template to its newest published version, or to none."""
    template = AppTemplate.objects.select_for_update().get(pk=template.pk)
    newest = template.versions.filter(state=VersionState.PUBLISHED).order_by("-rank").first()
    template.latest, template.updated_at = newest, now
    shown = show_as(template, newest) if newest is not None else []
    template.save(update_fields=["latest", "updated_at", *shown])


def show_as(template: AppTemplate, version: TemplateVersion) -> list[str]:
    """Put what this version says into the row of the template, unsaved; the names of the fields."""
    described = version.metadata
    values = {
        **{name: described[name] for name in ("name", "summary", "kind", "description")},
        "usual_days": described["days_to_live"],
        "badge_level": LEVELS[described["badge"]],
        "data_classification": described["touches"]["data_classification"],
        "connectors": described["touches"]["connectors"],
        "risk": version.risk,
    }
    for name, value in values.items():
        setattr(template, name, value)
    return list(values)


LEVELS = {"none": 0, **{level.name.lower(): level.value for level in Level}}
