from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    READ = "read", _("Read")
    WRITE = "write", _("Read and write")


class RepositoryTokenQuerySet(models.QuerySet["RepositoryToken"]):
    def standing(self, now: datetime) -> RepositoryTokenQuerySet:
        return self.filter(revoked_at=None, expires_at__gt=now)


class RepositoryToken(models.Model):
    """A password for git, for one repository and one person. Only its SHA-256 is kept; `prefix` tells it apart in lists."""

    repository = models.ForeignKey(
        "catalog.Repository", models.CASCADE, related_name="tokens", verbose_name=_("repository")
    )
    by = models.ForeignKey("portal.User", models.CASCADE, related_name="repository_tokens", verbose_name=_("made by"))
    label = models.CharField(_("what it is for"), max_length=80)
    scope = models.CharField(_("may"), max_length=5, choices=Scope.choices, default=Scope.WRITE)
    prefix = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("ends"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = RepositoryTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("git token")
        verbose_name_plural = _("git tokens")
        indexes = [models.Index(fields=["repository", "-created_at"], name="repository_token")]

    def __str__(self) -> str:
        return f"{self.label} ({self.prefix}…)"
