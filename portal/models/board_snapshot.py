from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BoardSnapshot(models.Model):
    """The board's page as it was, so that a printed paper can be found again. `content` is everything it showed; nothing on
    the page is read anew. `number` stands in the foot of the paper. `by` is empty when the portal made it for a new month."""

    number = models.CharField(_("number"), max_length=24, unique=True)
    span = models.CharField(_("period"), max_length=12)
    business_unit = models.ForeignKey("portal.BusinessUnit", models.PROTECT, null=True, blank=True, related_name="+")
    content = models.JSONField(_("content"))
    at = models.DateTimeField(_("made"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("board report")
        verbose_name_plural = _("board reports")
        constraints = [
            models.UniqueConstraint(fields=["span"], condition=models.Q(by=None), name="snapshot_of_portal_once")
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="snapshot_newest")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("board_report_detail", args=[self.number])
