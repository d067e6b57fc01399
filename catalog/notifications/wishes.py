"""Who is told what became of a wish for a template."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from catalog.models import Wish
from portal.models import Notification, User
from portal.notifications import Kind, about, notify_many, register

ANSWERED = "wish_answered"


def tell_answered(wish: Wish, *, now: datetime) -> None:
    """Who asked and who voted, except who answered."""
    voters = User.objects.filter(pk__in=wish.votes.values("by")).exclude(pk=wish.answered_by_id)
    params = {"title": wish.title, "state": str(wish.get_state_display()), "answer": wish.answer}
    notify_many(
        Notification(
            user=person, kind=ANSWERED, key=f"{ANSWERED}:{wish.pk}", url=wish.get_absolute_url(), params=params,
            created_at=now, **about(wish),
        )
        for person in voters
    )  # fmt: skip


register(
    ANSWERED,
    Kind(
        label=_("A template you wished for is answered"),
        title=_("%(title)s: %(state)s"),
        body=_("%(answer)s"),
        because=_("You asked for it or voted for it."),
        action=_("See the answer"),
        icon="lightbulb",
        can_mute=True,
    ),
)
