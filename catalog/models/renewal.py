from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RenewalWay(models.TextChoices):
    PAGE = "page", _("On the app's page")
    MAIL = "mail", _("From a mail link")
    BULK = "bulk", _("With others from the list")
    REQUEST = "request", _("By a decision")


class Renewal(models.Model):
    """An attestation: who confirmed which facts for the next term. One for each term of an app.

    `facts` are what was confirmed, as said; `was_used` is None when the usage was unknown."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="renewals")
    term_end = models.DateField(_("old end"))
    new_end = models.DateField(_("new end"))
    days = models.PositiveSmallIntegerField(_("days"))
    was_used = models.BooleanField(_("in use"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    facts = models.JSONField(_("confirmed facts"), default=dict)
    way = models.CharField(_("how"), max_length=7, choices=RenewalWay.choices, default=RenewalWay.PAGE)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("confirmed by"))

    class Meta:
        verbose_name = _("renewal")
        verbose_name_plural = _("renewals")
        constraints = [
            models.UniqueConstraint(fields=["app", "term_end"], name="renewal_once_per_term"),
            models.CheckConstraint(condition=models.Q(new_end__gt=models.F("term_end")), name="renewal_goes_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.app_id} → {self.new_end}"
