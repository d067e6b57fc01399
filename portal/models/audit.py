from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LOOKUPS = {
    "q": "subject_name__icontains",
    "verb": "verb",
    "kind": "subject_kind",
    "actor": "actor_name__icontains",
    "run": "run_id",
}
KINDS = """
WITH RECURSIVE kinds(kind) AS (
    SELECT min(subject_kind) FROM portal_auditevent
    UNION ALL
    SELECT (SELECT min(subject_kind) FROM portal_auditevent WHERE subject_kind > kind) FROM kinds WHERE kind IS NOT NULL
)
SELECT kind FROM kinds WHERE kind IS NOT NULL
"""


def start_of(day: date) -> datetime:
    """The first moment of a day in the reader's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def about(self, kind: str, pk: int) -> AuditEventQuerySet:
        """Everything that happened to one thing, newest first."""
        return self.filter(subject_kind=kind, subject_id=pk).order_by("-id")

    def narrowed(self, wanted: Mapping[str, Any]) -> AuditEventQuerySet:
        """What the filter form asks for. Days are those of the reader: from the first's start to the last's end."""
        found = self
        for name, lookup in LOOKUPS.items():
            if name in wanted:
                found = found.filter(**{lookup: wanted[name]})
        if since := wanted.get("since"):
            found = found.filter(at__gte=start_of(since))
        if until := wanted.get("until"):
            found = found.filter(at__lt=start_of(until + timedelta(days=1)))
        return found

    def kinds(self) -> list[str]:
        """The kinds of things that have events. Hops from kind to kind in the index: a DISTINCT would read every row."""
        with connection.cursor() as cursor:
            cursor.execute(KINDS)
            return [kind for (kind,) in cursor.fetchall()]


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


class AuditBlockQuerySet(models.QuerySet["AuditBlock"]):
    def sealing(self, event_id: int) -> AuditBlock | None:
        """The block that holds this event, without its digests; None while the event waits for its seal."""
        return self.filter(first_id__lte=event_id, last_id__gte=event_id).defer("row_digests").first()


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

    objects = AuditBlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit block")
        verbose_name_plural = _("audit blocks")

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
