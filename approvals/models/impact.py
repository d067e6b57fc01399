from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Change(models.TextChoices):
    NEWLY_FAILS = "newly_fails", _("Would newly fail")
    NEWLY_PASSES = "newly_passes", _("Would newly pass")
    STILL_FAILS = "still_fails", _("Fails before and after")


class Impact(models.Model):
    """What a version of a policy would mean for all live things, asked before it is put in force; kept with the version.

    It holds for one `revision` of the text: a change of the text asks anew. `finished_at` is empty while the job runs."""

    version = models.ForeignKey("approvals.PolicyVersion", models.CASCADE, related_name="impacts")
    revision = models.CharField(_("revision"), max_length=64)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    job = models.ForeignKey("portal.Job", models.SET_NULL, null=True, related_name="+")
    total = models.PositiveIntegerField(_("looked at"), default=0)
    newly_fails = models.PositiveIntegerField(_("would newly fail"), default=0)
    newly_passes = models.PositiveIntegerField(_("would newly pass"), default=0)
    still_fails = models.PositiveIntegerField(_("fail before and after"), default=0)

    class Meta:
        verbose_name = _("impact analysis")
        verbose_name_plural = _("impact analyses")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.version}: {self.newly_fails} / {self.total}"


class ImpactItem(models.Model):
    """One thing that an impact analysis lists; those that pass before and after are only counted."""

    impact = models.ForeignKey(Impact, models.CASCADE, related_name="items")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300)
    change = models.CharField(_("change"), max_length=12, choices=Change.choices)
    reasons = models.JSONField(_("reasons"), default=list)

    class Meta:
        verbose_name = _("affected thing")
        verbose_name_plural = _("affected things")
        constraints = [
            models.UniqueConstraint(fields=["impact", "subject_kind", "subject_id"], name="impact_item_once")
        ]
        indexes = [models.Index(fields=["impact", "change", "title", "id"], name="impact_item_list")]

    def __str__(self) -> str:
        return self.title
