from django.db import models
from django.utils.translation import gettext_lazy as _


class ConnectorUse(models.Model):
    """This app uses that connector."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="connector_uses")
    connector = models.ForeignKey("catalog.Connector", models.PROTECT, related_name="uses")

    class Meta:
        verbose_name = _("connector use")
        verbose_name_plural = _("connector uses")
        constraints = [models.UniqueConstraint(fields=["app", "connector"], name="connector_use_once")]

    def __str__(self) -> str:
        return f"{self.app_id} → {self.connector_id}"


class ExternalHost(models.Model):
    """This app calls that host directly, without a connector. Lower case, no scheme, no port."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="hosts")
    host = models.CharField(_("host"), max_length=253)

    class Meta:
        verbose_name = _("external host")
        verbose_name_plural = _("external hosts")
        constraints = [models.UniqueConstraint(fields=["app", "host"], name="host_once_per_app")]
        indexes = [models.Index(fields=["host"], name="host_name")]

    def __str__(self) -> str:
        return self.host


class AppDependency(models.Model):
    """This app needs that app to work."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="needs")
    needed = models.ForeignKey("catalog.MicroApp", models.PROTECT, related_name="needed_by")

    class Meta:
        verbose_name = _("dependency on an app")
        verbose_name_plural = _("dependencies on apps")
        constraints = [
            models.UniqueConstraint(fields=["app", "needed"], name="dependency_once"),
            models.CheckConstraint(
                condition=~models.Q(app=models.F("needed")),
                name="dependency_on_other",
                violation_error_message=_("An app cannot depend on itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.app_id} → {self.needed_id}"
