"""The sidebar as data. An entry whose address does not exist, or that the reader may not open, is not listed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from portal import counters
from portal.models.user import Role, User

Allows = Callable[[User], bool]


def anyone(user: User) -> bool:
    return True


def holding(*roles: Role) -> Allows:
    return lambda user: user.has_role(*roles)


def keeps_records(user: User) -> bool:
    return user.is_staff


def in_demo(user: User) -> bool:
    return bool(settings.DEMO_SIGN_IN) and user.has_role(Role.STAFF)


@dataclass(frozen=True)
class Entry:
    """`key` is what a page's context calls `section`; `go` is the letter of the shortcut G then that letter."""

    key: str
    icon: str
    label: Any
    url_name: str
    allows: Allows = anyone
    counter: str = ""
    go: str = ""


@dataclass(frozen=True)
class Group:
    title: Any
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Link:
    key: str
    icon: str
    label: Any
    url: str
    count: int
    go: str


@dataclass(frozen=True)
class LinkGroup:
    title: Any
    links: list[Link]


def sees_board(user: User) -> bool:
    """Leads of units open it from their unit; a query for each page would be too dear to list it for them."""
    return user.has_role(Role.BOARD, Role.STAFF, Role.REVIEWER, Role.AUDITOR)


STAFF = holding(Role.STAFF)
AUDIT = holding(Role.AUDITOR, Role.STAFF)

GROUPS = (
    Group(
        "",
        (
            Entry("home", "house", _("Home"), "home", go="h"),
            Entry("approvals", "inbox", _("Approvals"), "approvals:request_list", counter="approvals", go="a"),
        ),
    ),
    Group(
        _("Build"),
        (
            Entry("templates", "layout-template", _("Templates"), "catalog:template_list", go="t"),
            Entry("apps", "boxes", _("Apps"), "catalog:micro_app_list", go="c"),
            Entry("my_apps", "box", _("My apps"), "catalog:my_app_list", go="m"),
            Entry("clones", "copy-plus", _("My clones"), "catalog:clone_list"),
            Entry("connectors", "plug", _("Connectors"), "catalog:connector_list", go="n"),
        ),
    ),
    Group(
        _("Learn"),
        (
            Entry("courses", "book-open", _("Courses"), "training:course_list", go="k"),
            Entry("badges", "award", _("Badges"), "training:certification_list", go="b"),
            Entry("office_hours", "calendar", _("Office hours"), "training:office_hour_list", go="f"),
            Entry("announcements", "bell", _("News"), "training:announcement_list"),
        ),
    ),
    Group(
        _("Govern"),
        (
            Entry("board", "chart-line", _("KPI board"), "board_detail", sees_board, go="g"),
            Entry("discoveries", "radar", _("Discoveries"), "catalog:discovery_list", STAFF, "discoveries", go="d"),
            Entry("policies", "shield-check", _("Policies"), "approvals:policy_list", go="o"),
            Entry("violations", "shield-alert", _("Violations"), "approvals:violation_list"),
            Entry("incidents", "octagon-alert", _("Incidents"), "catalog:incident_list"),
            Entry("exceptions", "shield-off", _("Exceptions"), "approvals:exception_list"),
            Entry("audit", "scroll-text", _("Audit log"), "audit_event_list", AUDIT, go="l"),
        ),
    ),
    Group(
        _("Console"),
        (
            Entry("sweeps", "refresh-cw", _("Sweeps"), "catalog:sweep_run_list", STAFF, "sweeps", go="s"),
            Entry("rules", "scale", _("Rules"), "catalog:rule_list", STAFF, go="r"),
            Entry("approval_rules", "sliders-horizontal", _("Approval rules"), "approvals:rule_set_list", STAFF),
            Entry("course_desk", "graduation-cap", _("Course desk"), "training:course_desk", STAFF),
            Entry("template_desk", "folder-git-2", _("Template desk"), "catalog:template_desk", STAFF),
            Entry("imports", "file-up", _("Imports"), "catalog:import_list", STAFF, go="i"),
            Entry("people", "users", _("People"), "person_list", STAFF, go="p"),
            Entry("jobs", "server", _("Failed jobs"), "dead_job_list", STAFF, "dead_jobs"),
            Entry("outbox", "mail", _("Outbox"), "outbox_list", in_demo),
            Entry("components", "layout-template", _("Components"), "components", STAFF),
            Entry("records", "database", _("Records"), "admin:index", keeps_records),
        ),
    ),
)


@cache
def address(url_name: str, *args: str) -> str:
    """The URL of a page, or nothing when this site has no such page."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""


def entries_for(user: User) -> list[tuple[Entry, str]]:
    """Every entry this person may open, with its address; no counts, so no query."""
    entries = [entry for group in GROUPS for entry in group.entries if entry.allows(user)]
    return [(entry, url) for entry in entries if (url := address(entry.url_name))]


def groups_for(request: HttpRequest) -> list[LinkGroup]:
    """The groups this request's user sees, with open counts. Nobody signed in sees none."""
    user = request.user
    if not isinstance(user, User):
        return []
    groups = []
    for group in GROUPS:
        links = [
            Link(entry.key, entry.icon, entry.label, url, counters.read(request, entry.counter), entry.go)
            for entry in group.entries
            if (url := address(entry.url_name)) and entry.allows(user)
        ]
        if links:
            groups.append(LinkGroup(group.title, links))
    return groups
