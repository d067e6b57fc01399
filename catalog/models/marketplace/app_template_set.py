from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models.functions import Coalesce

from catalog.models.marketplace.clone import Clone
from catalog.models.marketplace.rating import Rating
from catalog.models.marketplace.template_version import TemplateVersion
from catalog.template_states import VersionState
from portal.models import User
from portal.models.user import Role

if TYPE_CHECKING:
    from catalog.models.marketplace.app_template import AppTemplate  # noqa: F401


class AppTemplateQuerySet(models.QuerySet["AppTemplate"]):
    def published(self) -> AppTemplateQuerySet:
        """Those the marketplace shows: with a published version, and not deprecated."""
        return self.filter(latest__isnull=False, deprecated_at=None)

    def kept_by(self, user: User) -> AppTemplateQuerySet:
        """Those this person answers for, also in the name of a service identity."""
        return self.filter(owner__in=user.answers_for)

    def visible_to(self, user: User) -> AppTemplateQuerySet:
        """What was ever published is for everyone; the rest for who keeps it and for C4E staff."""
        if user.has_role(Role.STAFF):
            return self
        return self.filter(models.Q(latest__isnull=False) | models.Q(owner__in=user.answers_for))

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

    def for_desk(self) -> AppTemplateQuerySet:
        """With what waits for who keeps it: versions with problems or not checked yet (`in_draft`), to send (`ready`) and
        `in_review`; and `behind`, the live clones that a newer version waits for."""
        waiting = {"in_draft": VersionState.DRAFT, "ready": VersionState.CHECKED, "in_review": VersionState.IN_REVIEW}
        counts = {name: models.Count("versions", models.Q(versions__state=state)) for name, state in waiting.items()}
        behind = Clone.objects.live().behind().filter(template=models.OuterRef("pk"))
        return (
            self.with_figures()
            .annotate(behind=one(behind, models.Count("pk"), 0, models.IntegerField()), **counts)
            .select_related("latest", "owner")
        )

    def waiting(self) -> AppTemplateQuerySet:
        """With a version that somebody has to do something with."""
        states = [VersionState.DRAFT, VersionState.CHECKED, VersionState.IN_REVIEW]
        return self.filter(
            models.Exists(TemplateVersion.objects.filter(template=models.OuterRef("pk"), state__in=states))
        )

    def at_desk_of(self, user: User) -> AppTemplateQuerySet:
        """For staff all of them, for everyone else those they keep."""
        return self if user.has_role(Role.STAFF) else self.kept_by(user)

    def in_state(self, state: str) -> AppTemplateQuerySet:
        """`open` (not deprecated), `waiting`, `unpublished` or `deprecated`."""
        match state:
            case "waiting":
                return self.waiting()
            case "unpublished":
                return self.filter(latest=None)
            case "deprecated":
                return self.filter(deprecated_at__isnull=False)
        return self.filter(deprecated_at=None)


def one(rows: models.QuerySet[Any, Any], figure: Any, none: float, field: models.Field[Any, Any]) -> Coalesce:
    """A figure over the rows of one template, as a subquery."""
    grouped = rows.order_by().values("template").annotate(n=figure).values("n")
    return Coalesce(models.Subquery(grouped, output_field=field), models.Value(none), output_field=field)
