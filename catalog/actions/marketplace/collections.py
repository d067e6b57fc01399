"""Collections of templates, kept by C4E staff."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import AppTemplate, Collection, CollectionItem
from portal import audit
from portal.models import User
from portal.permissions import allow, denial_to_use_console
from portal.slugs import free_slug
from portal.states import InvalidTransition

RESERVED = frozenset({"new"})


@transaction.atomic
def keep(
    collection: Collection | None,
    *,
    title: str,
    summary: str,
    templates: Iterable[AppTemplate],
    by: User,
    now: datetime,
) -> Collection:
    """Make one, or bring one to these words and templates, in this order. Two of one title are refused."""
    allow(denial_to_use_console(by))
    verb = "catalog.collection_made" if collection is None else "catalog.collection_changed"
    collection = collection or Collection(
        slug=free_slug(Collection, title, instead="collection", longest=60, reserved=RESERVED)
    )
    collection.title, collection.summary = title, summary
    try:
        with transaction.atomic():
            collection.save()
    except IntegrityError:
        raise InvalidTransition(_("There is a collection “%(title)s” already.") % {"title": title}) from None
    CollectionItem.objects.filter(collection=collection).delete()
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=collection, template=one, order=order) for order, one in enumerate(templates)
    )
    audit.record(verb, collection, by=by, now=now)
    return collection


@transaction.atomic
def remove(collection: Collection, *, by: User, now: datetime) -> None:
    """The templates stay."""
    allow(denial_to_use_console(by))
    audit.record("catalog.collection_removed", collection, by=by, now=now)
    collection.delete()


audit.register(
    catalog__collection_made=audit.Verb(gettext_lazy("Collection made"), "bookmark"),
    catalog__collection_changed=audit.Verb(gettext_lazy("Collection changed"), "bookmark"),
    catalog__collection_removed=audit.Verb(gettext_lazy("Collection removed"), "trash-2"),
)
