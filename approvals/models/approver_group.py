from django.db import models
from django.utils.translation import gettext_lazy as _


class ApproverGroup(models.Model):
    """People who can stand for one view of a question, for example security or legal. Routes name the group."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    members = models.ManyToManyField(
        "portal.User", related_name="approver_groups", blank=True, verbose_name=_("members")
    )

    class Meta:
        verbose_name = _("approver group")
        verbose_name_plural = _("approver groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
