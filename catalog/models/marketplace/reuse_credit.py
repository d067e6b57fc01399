from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CreditKind(models.TextChoices):
    TEMPLATE = "template", _("Template reused")
    CONNECTOR = "connector", _("Connector reused")


class ReuseCredit(models.Model):
    """Credit for the author of a template or connector when somebody else's app that uses it goes live. Once for each app:
    making an app again and again earns nothing."""

    kind = models.CharField(_("for"), max_length=9, choices=CreditKind.choices)
    author = models.ForeignKey("portal.User", models.CASCADE, related_name="reuse_credits", verbose_name=_("author"))
    template = models.ForeignKey("catalog.AppTemplate", models.CASCADE, null=True, blank=True, related_name="credits")
    connector = models.ForeignKey("catalog.Connector", models.CASCADE, null=True, blank=True, related_name="credits")
    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="+", verbose_name=_("app"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("reuse credit")
        verbose_name_plural = _("reuse credits")
        constraints = [
            models.UniqueConstraint(
                fields=["template", "app"], condition=models.Q(kind="template"), name="credit_template_once"
            ),
            models.UniqueConstraint(
                fields=["connector", "app"], condition=models.Q(kind="connector"), name="credit_connector_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="template", template__isnull=False, connector=None)
                | models.Q(kind="connector", connector__isnull=False, template=None),
                name="credit_for_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["author", "-at"], name="credit_author")]

    def __str__(self) -> str:
        return f"{self.kind} {self.app_id}"
