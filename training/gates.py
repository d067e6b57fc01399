"""The doors that a certification opens, read from the database at that moment and never from a badge document."""

from collections.abc import Collection
from datetime import datetime

from approvals.models import Policy
from portal.models import User
from training.models import Award, GateDecision


def counting_by_person(ids: Collection[int], now: datetime) -> dict[int, Award]:
    """The highest certification that counts now, for each of these people; a service identity holds what the person behind
    it holds. One query, however many they are."""
    people = dict(User.objects.filter(pk__in=ids, steward__isnull=False).values_list("pk", "steward"))
    holders = {people.get(pk, pk) for pk in ids}
    found: dict[int, Award] = {}
    for award in (
        Award.objects.counting(now).filter(user__in=holders).with_names().order_by("certification__level", "pk")
    ):
        found[award.user_id] = award
    return {pk: found[people.get(pk, pk)] for pk in ids if people.get(pk, pk) in found}


def titles_held(ids: Collection[int], now: datetime) -> dict[int, str]:
    """The answer to `approvals.certification`."""
    return {pk: award.certification.title for pk, award in counting_by_person(ids, now).items()}


def open_to(user: User, level: int, *, now: datetime) -> bool:
    """Does this person hold a certification of that level or above?"""
    award = counting_by_person([user.pk], now).get(user.pk)
    return level == 0 or (award is not None and award.certification.level >= level)


def record(
    user: User, *, purpose: str, now: datetime, level: int = 0, about_kind: str = "", about_id: int | None = None
) -> GateDecision:
    """Look, and store what was seen: which award, how it stood, and the versions of the policies it covers."""
    award = counting_by_person([user.pk], now).get(user.pk)
    covered = list(award.certification.policies) if award else []
    versions = dict(Policy.objects.filter(slug__in=covered, active__isnull=False).values_list("slug", "active__number"))
    return GateDecision.objects.create(
        user=user,
        purpose=purpose,
        about_kind=about_kind,
        about_id=about_id,
        required=level,
        award=award,
        standing=award.standing(now) if award else "",
        number=award.number if award else None,
        policies=versions,
        allowed=award is not None and award.certification.level >= level,
        at=now,
    )
