from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user: models.Model) -> NotificationQuerySet:
        return self.filter(user=user)

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at=None)

    def new_first(self) -> NotificationQuerySet:
        """Adds `is_new`, 1 or 0, to sort by: new before read, each newest first."""
        return self.annotate(
            is_new=models.Case(models.When(read_at=None, then=1), default=0, output_field=models.IntegerField())
        ).order_by("-is_new", "-pk")

    def kinds(self) -> list[str]:
        return list(self.order_by("kind").values_list("kind", flat=True).distinct())

    def undigested(self) -> NotificationQuerySet:
        """Not yet in any mail and still worth saying."""
        return self.filter(digest=None, closed_at=None)


class Notification(models.Model):
    """One line for one person: on the page at once, in the next daily digest once.

    `kind` names a registered wording and `params` fills it, so that the text is made in the reader's language. `key` says
    what it is about; the same key never reaches the same person twice. `asks` is true when an answer is wanted: it stays
    listed until `closed_at`."""

    user = models.ForeignKey("portal.User", models.CASCADE, related_name="notifications", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=200)
    params = models.JSONField(_("details"), default=dict)
    url = models.CharField(_("page"), max_length=300, blank=True)
    asks = models.BooleanField(_("asks for an answer"), default=False)
    about_kind = models.CharField(_("about"), max_length=40, blank=True)
    about_id = models.BigIntegerField(_("number"), null=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True)
    closed_at = models.DateTimeField(_("answered"), null=True)
    digest = models.ForeignKey("portal.Digest", models.SET_NULL, null=True, related_name="notifications")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notification_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_user"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notification_unread"),
            models.Index(
                fields=["user"], condition=models.Q(digest=None, closed_at=None), name="notification_undigested"
            ),
            models.Index(
                fields=["about_kind", "about_id"], condition=models.Q(closed_at=None), name="notification_open_about"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Digest(models.Model):
    """The one mail a person gets on a day of theirs; the row is claimed first, so nobody is mailed twice."""

    user = models.ForeignKey("portal.User", models.CASCADE, related_name="digests", verbose_name=_("person"))
    day = models.DateField(_("their day"))
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]
        indexes = [models.Index(fields=["created_at"], condition=models.Q(sent_at=None), name="digest_unsent")]

    def __str__(self) -> str:
        return f"{self.user} {self.day}"
