from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def about(self, kind: str, pk: int) -> AuditEventQuerySet:
        """Everything that happened to one thing, newest first."""
        return self.filter(subject_kind=kind, subject_id=pk).order_by("-id")


class AuditEvent(models.Model):
    """One thing that happened, written with the change in one transaction. The database refuses to change or drop it.

    `verb` is `package.past_tense`, e.g. `catalog.app_renewed`. `changes` maps a field to [before, after]. `facts` holds
    the evidence. `actor` is empty when a scheduled sweep acted; `actor_name` then says which."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    actor = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    actor_name = models.CharField(_("who"), max_length=120)
    verb = models.CharField(_("what"), max_length=60)
    subject_kind = models.CharField(_("kind"), max_length=40)
    subject_id = models.BigIntegerField(_("number"))
    subject_name = models.CharField(_("about"), max_length=200)
    reason = models.TextField(_("reason"), blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    facts = models.JSONField(_("facts"), default=dict)
    request_id = models.CharField(_("request"), max_length=36, blank=True)
    run_id = models.BigIntegerField(_("sweep run"), null=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="audit_subject"),
            models.Index(fields=["actor", "-id"], name="audit_actor"),
            models.Index(fields=["verb", "-id"], name="audit_verb"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_name}"


class AuditBlock(models.Model):
    """A sealed run of events: `digest` covers every event from `first_id` to `last_id` and the block before."""

    number = models.BigIntegerField(_("number"), unique=True)
    first_id = models.BigIntegerField(_("first event"))
    last_id = models.BigIntegerField(_("last event"))
    events = models.PositiveIntegerField(_("events"))
    row_digests = models.BinaryField(_("digest of each event"))
    previous = models.CharField(_("digest of the block before"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64)
    sealed_at = models.DateTimeField(_("sealed"), default=timezone.now)

    class Meta:
        verbose_name = _("audit block")
        verbose_name_plural = _("audit blocks")

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
