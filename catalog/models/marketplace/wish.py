from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WishState(models.TextChoices):
    OPEN = "open", _("Open")
    FULFILLED = "fulfilled", _("There is one now")
    DECLINED = "declined", _("Will not be made")


class Wish(models.Model):
    """A template somebody asked for. Others vote for it; staff answer with a template or with a reason."""

    title = models.CharField(_("what you want to build"), max_length=80)
    why = models.TextField(_("what it would be used for"), max_length=1_000)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="template_wishes", verbose_name=_("asked by"))
    at = models.DateTimeField(_("asked"), default=timezone.now)
    state = models.CharField(_("state"), max_length=9, choices=WishState.choices, default=WishState.OPEN)
    template = models.ForeignKey(
        "catalog.AppTemplate", models.SET_NULL, null=True, blank=True, related_name="wishes", verbose_name=_("template")
    )
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("wish for a template")
        verbose_name_plural = _("wishes for templates")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", answered_at=None)
                | (~models.Q(state="open") & models.Q(answered_at__isnull=False)),
                name="wish_answered_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(answer=""), name="wish_declined_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "-at"], name="wish_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("catalog:wish_detail", args=[self.pk])


class WishVote(models.Model):
    """One person's voice for a wish; who asked has one from the beginning."""

    wish = models.ForeignKey(Wish, models.CASCADE, related_name="votes")
    by = models.ForeignKey("portal.User", models.CASCADE, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [models.UniqueConstraint(fields=["wish", "by"], name="wish_vote_once")]

    def __str__(self) -> str:
        return f"{self.wish_id} {self.by_id}"
