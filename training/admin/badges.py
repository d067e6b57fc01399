from django.contrib import admin

from portal.admin.events import Kept
from training.models import Award, Certification, Credential, GateDecision, PublicKey, Recertification


@admin.register(Certification)
class CertificationAdmin(Kept):
    list_display = ("title", "level", "number", "validity_days", "grace_days", "is_open")
    search_fields = ("title", "slug")
    ordering = ("level",)


@admin.register(Award)
class AwardAdmin(Kept):
    list_display = ("user", "certification", "state", "valid_until", "first_awarded_at")
    list_filter = ("state", "certification")
    list_select_related = ("user", "certification")
    search_fields = ("user__name", "user__email", "certification__title")
    ordering = ("-id",)


@admin.register(Credential)
class CredentialAdmin(Kept):
    list_display = ("award", "key_name", "status_index", "issued_at", "valid_until", "revoked_at")
    list_select_related = ("award__user", "award__certification")
    search_fields = ("award__user__name", "key_name")
    ordering = ("-id",)


@admin.register(PublicKey)
class PublicKeyAdmin(Kept):
    list_display = ("name", "first_used_at")
    search_fields = ("name",)
    ordering = ("-id",)


@admin.register(Recertification)
class RecertificationAdmin(Kept):
    list_display = ("title", "award", "due_at", "done_at")
    list_filter = ("cause_kind",)
    list_select_related = ("award__user", "award__certification")
    search_fields = ("title", "award__user__name", "cause_key")
    ordering = ("-id",)


@admin.register(GateDecision)
class GateDecisionAdmin(Kept):
    list_display = ("user", "purpose", "about_kind", "about_id", "standing", "allowed", "at")
    list_filter = ("purpose", "allowed")
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")
    ordering = ("-id",)
