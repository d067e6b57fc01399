from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Comment(models.Model):
    """Words on a request, kept for good; the people named with @ are told."""

    request = models.ForeignKey("approvals.ApprovalRequest", models.PROTECT, related_name="comments")
    text = models.TextField(_("comment"), max_length=4_000)
    named = models.ManyToManyField("portal.User", related_name="+", blank=True)
    key = models.UUIDField(_("form it came from"), unique=True, editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("who"))

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:80]
