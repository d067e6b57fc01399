"""Templates and clones, to look at. What is theirs to change is changed by actions, on pages."""

from django.contrib import admin

from catalog.models import (
    AppTemplate,
    Campaign,
    Clone,
    CloneDraft,
    Collection,
    CollectionItem,
    Delivery,
    Rating,
    Repository,
    RepositoryToken,
    ReuseCredit,
    TemplateVersion,
    Upgrade,
    Wish,
    WishVote,
)
from portal.admin.events import Kept


@admin.register(AppTemplate)
class AppTemplateAdmin(Kept):
    list_display = ("name", "kind", "risk", "owner", "deprecated_at")
    list_filter = ("kind", "risk")
    list_select_related = ("owner",)
    search_fields = ("name", "slug", "owner__name")
    exclude = ("search",)
    ordering = ("name",)


@admin.register(TemplateVersion)
class TemplateVersionAdmin(Kept):
    list_display = ("template", "number", "state", "is_security", "made_at", "published_at")
    list_filter = ("state", "is_security")
    list_select_related = ("template",)
    search_fields = ("template__name", "number")


@admin.register(Repository)
class RepositoryAdmin(Kept):
    list_display = ("head", "revision", "size", "updated_at")
    search_fields = ("head",)
    exclude = ("bundle",)


@admin.register(Clone)
class CloneAdmin(Kept):
    list_display = ("app", "template", "version", "created_at")
    list_select_related = ("app", "template", "version")
    search_fields = ("app__name", "template__name")


@admin.register(CloneDraft)
class CloneDraftAdmin(Kept):
    list_display = ("template", "by", "state", "step", "updated_at")
    list_filter = ("state",)
    list_select_related = ("template", "by")
    search_fields = ("template__name", "by__name")
    exclude = ("secrets",)


@admin.register(Upgrade)
class UpgradeAdmin(Kept):
    list_display = ("clone", "source", "target", "state", "at")
    list_filter = ("state",)
    list_select_related = ("clone__app", "source__template", "target__template")
    search_fields = ("clone__app__name",)
    exclude = ("secrets",)


@admin.register(Campaign)
class CampaignAdmin(Kept):
    list_display = ("template", "target", "due_on", "ended_at")
    list_select_related = ("template", "target__template")
    search_fields = ("template__name",)


@admin.register(Rating)
class RatingAdmin(Kept):
    list_display = ("template", "stars", "by", "at")
    list_select_related = ("template", "by")
    search_fields = ("template__name", "by__name")


@admin.register(Wish)
class WishAdmin(Kept):
    list_display = ("title", "by", "state", "at")
    list_filter = ("state",)
    list_select_related = ("by",)
    search_fields = ("title", "by__name")


@admin.register(Collection)
class CollectionAdmin(Kept):
    list_display = ("title", "order")
    search_fields = ("title",)


@admin.register(CollectionItem)
class CollectionItemAdmin(Kept):
    list_display = ("collection", "template", "order")
    list_select_related = ("collection", "template")
    search_fields = ("collection__title", "template__name")


@admin.register(WishVote)
class WishVoteAdmin(Kept):
    list_display = ("wish", "by", "at")
    list_select_related = ("wish", "by")
    search_fields = ("wish__title", "by__name")


@admin.register(RepositoryToken)
class RepositoryTokenAdmin(Kept):
    list_display = ("label", "prefix", "by", "scope", "expires_at", "revoked_at")
    list_select_related = ("by",)
    search_fields = ("label", "prefix", "by__name")
    exclude = ("digest",)


@admin.register(Delivery)
class DeliveryAdmin(Kept):
    list_display = ("url", "state", "by", "at")
    list_filter = ("state",)
    list_select_related = ("by",)
    search_fields = ("url", "by__name")


@admin.register(ReuseCredit)
class ReuseCreditAdmin(Kept):
    list_display = ("author", "kind", "app", "at")
    list_filter = ("kind",)
    list_select_related = ("author", "app")
    search_fields = ("author__name", "app__name")
