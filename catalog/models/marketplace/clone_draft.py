from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DraftState(models.TextChoices):
    OPEN = "open", _("Being filled in")
    RUNNING = "running", _("Being made")
    FAILED = "failed", _("Failed")
    DONE = "done", _("Done")
    DISCARDED = "discarded", _("Discarded")


class CloneDraftQuerySet(models.QuerySet["CloneDraft"]):
    def of(self, user: models.Model) -> CloneDraftQuerySet:
        return self.filter(by=user)

    def unfinished(self) -> CloneDraftQuerySet:
        return self.filter(state__in=[DraftState.OPEN, DraftState.RUNNING, DraftState.FAILED])


class CloneDraft(models.Model):
    """A clone that is being filled in, saved after each step: a closed laptop loses nothing.

    `contract` and `answers` hold what was typed, by field. `secrets` holds secret answers, encrypted, until the app is made;
    then they are erased. `step` is the furthest step that was filled in. `key` makes the same start sent twice one draft."""

    key = models.UUIDField(_("key"), unique=True)
    by = models.ForeignKey("portal.User", models.CASCADE, related_name="clone_drafts", verbose_name=_("by"))
    template = models.ForeignKey(
        "catalog.AppTemplate", models.PROTECT, related_name="drafts", verbose_name=_("template")
    )
    version = models.ForeignKey("catalog.TemplateVersion", models.PROTECT, related_name="+", verbose_name=_("version"))
    state = models.CharField(_("state"), max_length=9, choices=DraftState.choices, default=DraftState.OPEN)
    step = models.PositiveSmallIntegerField(_("furthest step"), default=0)
    contract = models.JSONField(_("contract"), default=dict)
    answers = models.JSONField(_("answers"), default=dict)
    secrets = models.TextField(_("secrets"), blank=True)
    job = models.ForeignKey("portal.Job", models.SET_NULL, null=True, related_name="+", verbose_name=_("job"))
    app = models.OneToOneField(
        "catalog.MicroApp", models.SET_NULL, null=True, related_name="clone_draft", verbose_name=_("app")
    )
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)

    objects = CloneDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("clone being filled in")
        verbose_name_plural = _("clones being filled in")
        indexes = [models.Index(fields=["by", "state", "-updated_at"], name="clone_draft_by")]

    def __str__(self) -> str:
        return str(self.contract.get("name") or self.template)

    def get_absolute_url(self) -> str:
        return reverse("catalog:clone_draft_detail", args=[self.pk])
