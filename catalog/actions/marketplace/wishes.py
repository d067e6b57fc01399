"""Asking for a template, voting for what others asked, and the answer of the staff."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import AppTemplate, Wish, WishVote
from catalog.models.marketplace.wish import WishState
from catalog.notifications.wishes import tell_answered
from catalog.permissions_marketplace import denial_to_answer_wish
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition


@transaction.atomic
def ask(*, title: str, why: str, by: User, now: datetime) -> Wish:
    """The same words of the same person twice are one wish. Who asks has voted."""
    standing = Wish.objects.filter(by=by, title__iexact=title, state=WishState.OPEN).first()
    if standing is not None:
        return standing
    wish = Wish.objects.create(title=title, why=why, by=by, at=now)
    WishVote.objects.create(wish=wish, by=by, at=now)
    audit.record("catalog.wish_asked", wish, by=by, now=now)
    return wish


@transaction.atomic
def vote(wish: Wish, *, wanted: bool, by: User, now: datetime) -> None:
    """One voice a person, given or taken back; twice is once."""
    wish = Wish.objects.select_for_update().get(pk=wish.pk)
    if wish.state != WishState.OPEN:
        raise InvalidTransition(_("This wish is answered already."))
    if wanted:
        WishVote.objects.get_or_create(wish=wish, by=by, defaults={"at": now})
    else:
        WishVote.objects.filter(wish=wish, by=by).delete()


@transaction.atomic
def answer(wish: Wish, *, template: AppTemplate | None, words: str, by: User, now: datetime) -> Wish:
    """With a template it is fulfilled, without one declined, and then the words say why."""
    allow(denial_to_answer_wish(by))
    wish = Wish.objects.select_for_update(of=("self",)).select_related("by").get(pk=wish.pk)
    if wish.state != WishState.OPEN:
        raise InvalidTransition(_("This wish is answered already."))
    wish.state = WishState.FULFILLED if template else WishState.DECLINED
    wish.template, wish.answer, wish.answered_by, wish.answered_at = template, words, by, now
    wish.save(update_fields=["state", "template", "answer", "answered_by", "answered_at"])
    audit.record("catalog.wish_answered", wish, by=by, now=now, reason=words[:300], facts={"state": wish.state})
    tell_answered(wish, now=now)
    return wish


audit.register(
    catalog__wish_asked=audit.Verb(gettext_lazy("Template asked for"), "lightbulb", "info"),
    catalog__wish_answered=audit.Verb(gettext_lazy("Wish answered"), "lightbulb", "ok"),
)
audit.register_page("catalog.wish", "catalog:wish_detail")
