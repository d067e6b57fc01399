"""Sets of micro apps, by name."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity, TrigramWordSimilarity
from django.db import models
from django.db.models.functions import Cast, Coalesce

from catalog.models.archive import Archive
from catalog.states import LIVE_STATES, AppState
from portal.models import User
from portal.models.user import Role

if TYPE_CHECKING:
    from catalog.models.micro_app import MicroApp  # noqa: F401


NEVER = date(9999, 12, 31)
# What a list is sorted by is never empty, so that a cursor can compare it: no end sorts last, unknown use lowest.
ENDS_KEY = Coalesce(models.F("expires_on"), models.Value(NEVER, output_field=models.DateField()))
USERS_KEY = Coalesce(models.F("figures__active_users"), models.Value(-1), output_field=models.IntegerField())


class LocalDate(models.Func):
    """The calendar day it is at a moment in a time zone of the row."""

    template = "timezone(%(expressions)s)::date"
    output_field = models.DateField()


class DaysFrom(models.Func):
    """Whole days from the second day to the first. (Django's own difference of dates is an interval.)"""

    arity = 2
    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = models.IntegerField()


PUBLIC = models.Q(activated_at__isnull=False) & ~models.Q(state__in=[AppState.DRAFT, AppState.IN_REVIEW])


def owned(user: User) -> models.Q:
    return models.Q(owner__in=user.answers_for) | models.Q(second_owner__in=user.answers_for)


class MicroAppQuerySet(models.QuerySet["MicroApp"]):
    def live(self) -> MicroAppQuerySet:
        """Active or flagged: in use, with an end date that counts down."""
        return self.filter(state__in=LIVE_STATES)

    def live_at(self, moment: datetime) -> MicroAppQuerySet:
        """Those that were live just before that moment, now or then: gone live, and not put away at the time."""
        put_away = Archive.objects.filter(app=models.OuterRef("pk"), at__lt=moment)
        then = put_away.filter(models.Q(restored_at=None) | models.Q(restored_at__gte=moment))
        return self.filter(activated_at__lt=moment).exclude(models.Exists(then))

    def owned_by(self, user: User) -> MicroAppQuerySet:
        """Apps of this person, and of the service identities behind which they stand."""
        return self.filter(owned(user))

    def kept_by(self, user: User) -> MicroAppQuerySet:
        """What still hangs on this person: everything they own or stand in for that is not retired."""
        return self.owned_by(user).exclude(state=AppState.RETIRED)

    def with_people(self) -> MicroAppQuerySet:
        """With everyone and everything a lifecycle page names."""
        return self.select_related("owner__manager", "second_owner", "business_unit", "cost_centre", "figures")

    def visible_to(self, user: User) -> MicroAppQuerySet:
        """What went live is for everyone to find; drafts and reviews are for their owners and for those who decide."""
        if user.has_role(Role.STAFF, Role.REVIEWER, Role.AUDITOR, Role.BOARD):
            return self
        return self.filter(PUBLIC | owned(user))

    def published(self) -> MicroAppQuerySet:
        """Apps that went live once: anybody may see them."""
        return self.filter(PUBLIC)

    def named_like(self, name: str) -> MicroAppQuerySet:
        """Apps whose names are close to `name`, closest first."""
        close = TrigramSimilarity("name", name)
        return self.filter(name__trigram_similar=name).annotate(closeness=close).order_by("-closeness", "pk")

    def matching(self, words: str) -> MicroAppQuerySet:
        """Apps whose text matches, or whose name is close to `words` (typing errors)."""
        query = SearchQuery(words, search_type="websearch", config="english")
        return self.filter(models.Q(search=query) | models.Q(name__trigram_word_similar=words))

    def with_owner_today(self, now: datetime) -> MicroAppQuerySet:
        """Adds `owner_today`: the calendar day in the owner's time zone. All end dates are counted from it."""
        moment = models.Value(now, output_field=models.DateTimeField())
        return self.annotate(owner_today=LocalDate(models.F("owner__time_zone"), moment))

    def with_days_left(self, now: datetime) -> MicroAppQuerySet:
        """Adds `days_to_end`: whole days from the owner's today to the last good day; negative in grace."""
        difference = DaysFrom(models.F("expires_on"), models.F("owner_today"))
        return self.with_owner_today(now).annotate(days_to_end=difference)

    def ranked(self, words: str) -> MicroAppQuerySet:
        """Adds `relevance`, a whole number so that a cursor compares it exactly."""
        query = SearchQuery(words, search_type="websearch", config="english")
        score = SearchRank(models.F("search"), query) + TrigramWordSimilarity(words, "name")
        return self.annotate(relevance=Cast(score * 100_000, models.IntegerField()))

    def with_groups(self, now: datetime, few_users: int) -> MicroAppQuerySet:
        """Adds `ends_in` (how near the end of a live app is) and `use` (in use, unused, unknown), to filter and count by."""
        near = models.Case(
            models.When(~models.Q(state__in=LIVE_STATES), then=models.Value("")),
            models.When(days_to_end__lt=0, then=models.Value("grace")),
            models.When(days_to_end__lte=7, then=models.Value("week")),
            models.When(days_to_end__lte=30, then=models.Value("month")),
            default=models.Value("later"),
            output_field=models.CharField(),
        )
        use = models.Case(
            models.When(figures__active_users=None, then=models.Value("unknown")),
            models.When(figures__active_users__lt=few_users, then=models.Value("unused")),
            default=models.Value("in_use"),
            output_field=models.CharField(),
        )
        return self.with_days_left(now).annotate(ends_in=near, use=use)

    def for_table(self) -> MicroAppQuerySet:
        """With what a row of a list shows and is sorted by."""
        return (
            self.select_related("owner", "business_unit", "figures")
            .filter(figures__isnull=False)  # says that the row is there, so that its index gives the order
            .annotate(users_or_zero=Coalesce("figures__active_users", 0), ends_key=ENDS_KEY, users_key=USERS_KEY)
            .defer("justification", "search")
        )
