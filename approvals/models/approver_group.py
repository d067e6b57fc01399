from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ApproverGroup(models.Model):
    """People who answer for one view of a question, for example security. Routes name the group by its slug."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
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

    def get_absolute_url(self) -> str:
        return reverse("approvals:approver_group_edit", args=[self.slug])
