from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LOW = 2  # stars up to which a reason is asked for


class Rating(models.Model):
    """What somebody who cloned the template thinks of it: one to five stars, and why. A low one always says why."""

    template = models.ForeignKey(
        "catalog.AppTemplate", models.CASCADE, related_name="ratings", verbose_name=_("template")
    )
    by = models.ForeignKey("portal.User", models.CASCADE, related_name="+", verbose_name=_("by"))
    stars = models.PositiveSmallIntegerField(_("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    reason = models.CharField(_("why"), max_length=500, blank=True)
    version = models.ForeignKey("catalog.TemplateVersion", models.PROTECT, related_name="+", verbose_name=_("version"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["template", "by"], name="rating_once"),
            models.CheckConstraint(condition=models.Q(stars__range=(1, 5)), name="rating_stars"),
            models.CheckConstraint(
                condition=models.Q(stars__gt=LOW) | ~models.Q(reason=""),
                name="rating_low_has_reason",
                violation_error_message=_("Say what was missing, so that it can be put right."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} {self.stars}"
