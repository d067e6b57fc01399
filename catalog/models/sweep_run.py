from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalog.models.sweep_set import SweepRunQuerySet


class SweepKind(models.TextChoices):
    """The sweeps, in the order they run on a day."""

    ORPHAN = "orphan", _("Find apps without an owner")
    REMIND = "remind", _("Remind of ending terms")
    EXPIRE = "expire", _("Archive after grace")
    STALE = "stale", _("Flag unused apps")
    ESCALATE = "escalate", _("Ask second owner and manager")
    UNANSWERED = "unanswered", _("Archive unanswered flags")
    RETIRE = "retire", _("Retire after retention")
    PURGE = "purge", _("Remove heavy data of retired apps")


class SweepState(models.TextChoices):
    PLANNING = "planning", _("Planning")
    REFUSED = "refused", _("Refused")
    HELD = "held", _("Waits for two people")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class ItemState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    APPLIED = "applied", _("Done")
    SKIPPED = "skipped", _("Left alone")
    UNDONE = "undone", _("Undone")


class SweepRun(models.Model):
    """One run of one sweep: its plan comes first, then the work in batches. `due` makes a second beat harmless.

    `planned` and `applied` count items. A run over the cap is held until two different people release it."""

    kind = models.CharField(_("sweep"), max_length=10, choices=SweepKind.choices)
    due = models.DateTimeField(_("due"))
    now = models.DateTimeField(_("as of"))
    state = models.CharField(_("state"), max_length=9, choices=SweepState.choices, default=SweepState.PLANNING)
    reason = models.CharField(_("why"), max_length=500, blank=True)
    cap = models.PositiveIntegerField(_("cap"), null=True)
    planned = models.PositiveIntegerField(_("planned"), default=0)
    applied = models.PositiveIntegerField(_("done"), default=0)
    skipped = models.PositiveIntegerField(_("left alone"), default=0)
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("started by"))
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    first_release_at = models.DateTimeField(_("first release"), null=True)
    first_release_by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    second_release_at = models.DateTimeField(_("second release"), null=True)
    second_release_by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")

    objects = SweepRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("sweep run")
        verbose_name_plural = _("sweep runs")
        constraints = [
            models.UniqueConstraint(fields=["kind", "due"], name="sweep_once_per_slot"),
            models.CheckConstraint(
                condition=models.Q(second_release_by=None) | ~models.Q(second_release_by=models.F("first_release_by")),
                name="sweep_two_people",
            ),
        ]
        indexes = [models.Index(fields=["-id", "kind"], name="sweep_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.due:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("catalog:sweep_run_detail", args=[self.pk])

    @cached_property
    def counts(self) -> dict[str, int]:
        """Items by state, as of now: `applied` and `skipped` are written when the run ends."""
        return dict(self.items.order_by().values_list("state").annotate(count=models.Count("id")))

    @property
    def done_so_far(self) -> int:
        return self.counts.get(ItemState.APPLIED, 0) + self.counts.get(ItemState.UNDONE, 0)

    @property
    def left_alone(self) -> int:
        return self.counts.get(ItemState.SKIPPED, 0)


class SweepItem(models.Model):
    """One line of a plan: what is to happen to which app and why. `before` is what an undo puts back."""

    run = models.ForeignKey("catalog.SweepRun", models.CASCADE, related_name="items")
    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="sweep_items")
    action = models.CharField(_("what"), max_length=20)
    facts = models.JSONField(_("why"), default=dict)
    before = models.JSONField(_("before"), default=dict)
    state = models.CharField(_("state"), max_length=7, choices=ItemState.choices, default=ItemState.PLANNED)
    note = models.CharField(_("note"), max_length=200, blank=True)
    done_at = models.DateTimeField(_("when"), null=True)

    class Meta:
        verbose_name = _("sweep item")
        verbose_name_plural = _("sweep items")
        constraints = [models.UniqueConstraint(fields=["run", "app"], name="sweep_item_once")]
        indexes = [
            models.Index(fields=["run", "id"], condition=models.Q(state="planned"), name="sweep_item_planned"),
            models.Index(fields=["run", "state", "id"], name="sweep_item_state"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.app_id} {self.action}"
