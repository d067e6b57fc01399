from catalog.models.marketplace.app_template import AppTemplate
from catalog.models.marketplace.campaign import Campaign
from catalog.models.marketplace.clone import Clone
from catalog.models.marketplace.clone_draft import CloneDraft
from catalog.models.marketplace.collection import Collection, CollectionItem
from catalog.models.marketplace.delivery import Delivery
from catalog.models.marketplace.rating import Rating
from catalog.models.marketplace.repository import Repository
from catalog.models.marketplace.repository_token import RepositoryToken
from catalog.models.marketplace.reuse_credit import ReuseCredit
from catalog.models.marketplace.template_version import TemplateVersion
from catalog.models.marketplace.upgrade import Upgrade
from catalog.models.marketplace.wish import Wish, WishVote

__all__ = [
    "AppTemplate",
    "Campaign",
    "Clone",
    "CloneDraft",
    "Collection",
    "CollectionItem",
    "Delivery",
    "Rating",
    "Repository",
    "RepositoryToken",
    "ReuseCredit",
    "TemplateVersion",
    "Upgrade",
    "Wish",
    "WishVote",
]
