from typing import ClassVar

from django.contrib import admin

from catalog.models import (
    AnswerLink,
    AppFact,
    Archive,
    Flag,
    HandOver,
    Incident,
    IncidentApp,
    IncidentNote,
    Proposal,
    Reminder,
    Renewal,
    Sbom,
    UsageDay,
    UsageVisitor,
)
from portal.admin.events import Kept


class OfAnApp(Kept):
    """Something that happened to an app; found by the app's name."""

    list_select_related: ClassVar[tuple[str, ...]] = ("app",)
    search_fields = ("app__name", "app__slug")
    ordering = ("-id",)


@admin.register(Renewal)
class RenewalAdmin(OfAnApp):
    list_display = ("app", "term_end", "new_end", "was_used", "way", "by", "at")
    list_filter = ("was_used", "way")
    list_select_related = ("app", "by")


@admin.register(Proposal)
class ProposalAdmin(OfAnApp):
    list_display = ("app", "kind", "reason", "by", "at", "closed_at", "was_done")
    list_filter = ("kind", "was_done")
    list_select_related = ("app", "by")


@admin.register(Sbom)
class SbomAdmin(OfAnApp):
    list_display = ("app", "format", "spec_version", "size", "is_current", "by", "at")
    list_filter = ("format", "is_current")
    list_select_related = ("app", "by")
    exclude = ("components",)


@admin.register(Archive)
class ArchiveAdmin(OfAnApp):
    list_display = ("app", "at", "by", "reason", "restore_until", "restored_at")
    list_filter = (("restored_at", admin.EmptyFieldListFilter),)
    list_select_related = ("app", "by")


@admin.register(Flag)
class FlagAdmin(OfAnApp):
    list_display = ("app", "at", "escalated_at", "answer", "answered_by", "answered_at")
    list_filter = ("answer",)
    list_select_related = ("app", "answered_by")


@admin.register(HandOver)
class HandOverAdmin(OfAnApp):
    list_display = ("app", "giver", "taker", "state", "at", "answered_at")
    list_filter = ("state",)
    list_select_related = ("app", "giver", "taker")


@admin.register(AppFact)
class AppFactAdmin(OfAnApp):
    list_display = ("app", "kind", "reason", "by", "at", "until", "ended_at")
    list_filter = ("kind", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("app", "by")


@admin.register(Reminder)
class ReminderAdmin(OfAnApp):
    list_display = ("app", "term_end", "step", "at")
    list_filter = ("step",)


@admin.register(AnswerLink)
class AnswerLinkAdmin(OfAnApp):
    list_display = ("app", "person", "term_end", "created_at", "expires_at", "used_at")
    list_filter = (("used_at", admin.EmptyFieldListFilter),)
    list_select_related = ("app", "person")
    exclude = ("token_digest",)


@admin.register(UsageDay)
class UsageDayAdmin(OfAnApp):
    list_display = ("app", "signal", "day", "users", "events")
    list_filter = ("signal",)


@admin.register(UsageVisitor)
class UsageVisitorAdmin(OfAnApp):
    list_display = ("app", "last_seen_on")
    exclude = ("visitor",)


@admin.register(Incident)
class IncidentAdmin(Kept):
    list_display = ("title", "severity", "state", "is_attributable", "noticed_at", "resolved_at", "reported_by")
    list_filter = ("severity", "state", "is_attributable")
    list_select_related = ("reported_by",)
    search_fields = ("title", "text", "apps__name")
    ordering = ("-noticed_at",)


@admin.register(IncidentApp)
class IncidentAppAdmin(OfAnApp):
    list_display = ("incident", "app")
    list_select_related = ("incident", "app")


@admin.register(IncidentNote)
class IncidentNoteAdmin(Kept):
    list_display = ("incident", "text", "by", "at")
    list_select_related = ("incident", "by")
    search_fields = ("text", "incident__title")
    ordering = ("-id",)
