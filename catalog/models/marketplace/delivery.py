from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Delivery(models.Model):
    """A push of an app's repository to a host outside, asked for by a person and done by a job."""

    repository = models.ForeignKey(
        "catalog.Repository", models.CASCADE, related_name="deliveries", verbose_name=_("repository")
    )
    remote = models.CharField(_("host"), max_length=200)
    url = models.CharField(_("address"), max_length=300)
    state = models.CharField(_("state"), max_length=7, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    commit = models.CharField(_("commit"), max_length=40, blank=True)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    at = models.DateTimeField(_("asked"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [models.Index(fields=["repository", "-at"], name="delivery_repository")]

    def __str__(self) -> str:
        return self.url
