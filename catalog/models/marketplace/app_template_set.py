from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models.functions import Coalesce

from catalog.models.marketplace.clone import Clone
from catalog.models.marketplace.rating import Rating
from portal.models import User
from portal.models.user import Role

if TYPE_CHECKING:
    from catalog.models.marketplace.app_template import AppTemplate  # noqa: F401


class AppTemplateQuerySet(models.QuerySet["AppTemplate"]):
    def published(self) -> AppTemplateQuerySet:
        """Those the marketplace shows: with a published version, and not deprecated."""
        return self.filter(latest__isnull=False, deprecated_at=None)

    def kept_by(self, user: User) -> AppTemplateQuerySet:
        return self.filter(owner=user)

    def visible_to(self, user: User) -> AppTemplateQuerySet:
        """What was ever published is for everyone; the rest for who keeps it and for C4E staff."""
        if user.has_role(Role.STAFF):
            return self
        return self.filter(models.Q(latest__isnull=False) | models.Q(owner=user))

    def matching(self, words: str) -> AppTemplateQuerySet:
        """Whole words in name, summary and description, a part of the name, or a name close to the words."""
        found = models.Q(search=SearchQuery(words, config="english", search_type="websearch"))
        return self.filter(found | models.Q(name__icontains=words) | models.Q(name__trigram_word_similar=words))

    def with_figures(self) -> AppTemplateQuerySet:
        """Adds `live_clones`, `stars` (the mean; 0 when nobody rated) and `ratings_given`."""
        clones = Clone.objects.live().filter(template=models.OuterRef("pk"))
        ratings = Rating.objects.filter(template=models.OuterRef("pk"))
        return self.annotate(
            live_clones=one(clones, models.Count("pk"), 0, models.IntegerField()),
            stars=one(ratings, models.Avg("stars"), 0.0, models.FloatField()),
            ratings_given=one(ratings, models.Count("pk"), 0, models.IntegerField()),
        )


def one(rows: models.QuerySet[Any, Any], figure: Any, none: float, field: models.Field[Any, Any]) -> Coalesce:
    """A figure over the rows of one template, as a subquery."""
    grouped = rows.order_by().values("template").annotate(n=figure).values("n")
    return Coalesce(models.Subquery(grouped, output_field=field), models.Value(none), output_field=field)
