from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Repository(models.Model):
    """A git repository, kept as one bundle in the database, so that every web and worker machine sees the same one.

    `bundle` holds every ref; `head` is the commit of `main`; `revision` counts the times it was written. `size` is in bytes."""

    bundle = models.BinaryField(_("bundle"))
    head = models.CharField(_("latest commit"), max_length=40)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    size = models.PositiveIntegerField(_("size"))
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("repository")
        verbose_name_plural = _("repositories")

    def __str__(self) -> str:
        return self.head[:10]
