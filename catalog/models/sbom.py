from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Sbom(models.Model):
    """A bill of materials of an app, as it was uploaded; the newest one counts, the others stay.

    `components` is a list of {name, version, purl, licenses}; `digest` is the sha256 of the file."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="sboms", verbose_name=_("app"))
    format = models.CharField(_("standard"), max_length=20)
    spec_version = models.CharField(_("version of the standard"), max_length=20)
    components = models.JSONField(_("components"))
    size = models.PositiveIntegerField(_("number of components"))
    unread = models.JSONField(_("package URLs that are none"), default=list)
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(_("digest"), max_length=64)
    is_current = models.BooleanField(_("counts"), default=True)
    at = models.DateTimeField(_("uploaded"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("who"))

    class Meta:
        verbose_name = _("bill of materials")
        verbose_name_plural = _("bills of materials")
        constraints = [
            models.UniqueConstraint(fields=["app"], condition=models.Q(is_current=True), name="sbom_one_current")
        ]
        indexes = [models.Index(fields=["app", "-id"], name="sbom_app")]

    def __str__(self) -> str:
        return f"{self.format} {self.spec_version}"
