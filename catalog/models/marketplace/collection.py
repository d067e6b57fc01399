from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Collection(models.Model):
    """Templates that belong together under a plain name, such as “Good first app”. Kept by C4E staff."""

    title = models.CharField(_("title"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=70, unique=True)
    summary = models.CharField(_("summary"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=50)
    templates = models.ManyToManyField(
        "catalog.AppTemplate", through="catalog.CollectionItem", related_name="collections", verbose_name=_("templates")
    )

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("catalog:collection_detail", args=[self.slug])


class CollectionItem(models.Model):
    """A template's place in a collection."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    template = models.ForeignKey("catalog.AppTemplate", models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("template of a collection")
        verbose_name_plural = _("templates of a collection")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["collection", "template"], name="collection_item_once")]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.template_id}"
