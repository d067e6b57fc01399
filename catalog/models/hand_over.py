from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.models.user import Role


class HandOverState(models.TextChoices):
    OPEN = "open", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def standing(self) -> HandOverQuerySet:
        return self.filter(state=HandOverState.OPEN)

    def seen_by(self, user: User) -> HandOverQuerySet:
        """The two sides, the app's people and C4E staff; to everyone else an offer does not exist."""
        found = self.select_related("app__owner__manager", "app__second_owner", "giver", "taker", "by")
        if user.has_role(Role.STAFF):
            return found
        return found.filter(
            models.Q(giver=user)
            | models.Q(taker=user)
            | models.Q(by=user)
            | models.Q(app__owner=user)
            | models.Q(app__second_owner=user)
        )


class HandOver(models.Model):
    """An owner passes an app on. Nothing changes until the new owner accepts; one open hand-over for each app."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="hand_overs")
    giver = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("from"))
    taker = models.ForeignKey("portal.User", models.PROTECT, related_name="hand_overs", verbose_name=_("to"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=HandOverState.choices, default=HandOverState.OPEN)
    at = models.DateTimeField(_("offered"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("offered by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer_reason = models.CharField(_("answer"), max_length=300, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        constraints = [
            models.UniqueConstraint(fields=["app"], condition=models.Q(state="open"), name="hand_over_one_open"),
            models.CheckConstraint(condition=~models.Q(giver=models.F("taker")), name="hand_over_to_other"),
        ]
        indexes = [models.Index(fields=["taker"], condition=models.Q(state="open"), name="hand_over_open")]

    def __str__(self) -> str:
        return f"{self.app_id} → {self.taker_id}"
