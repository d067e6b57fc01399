"""Who is asked at a stage: whom its rules name, without those who may not, with those who stand in.

`seated` is the rule itself, on numbers alone; the rest reads what it needs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from approvals.models import ApprovalRequest, Decision
from approvals.models.request_stage import Source
from approvals.registry import subject_for
from approvals.stage_rules import StageRules, Who
from approvals.states import RequestState
from portal.delegation import stand_ins
from portal.models import Absence, BusinessUnit, User
from portal.models.user import Role

Managers = Mapping[int, int | None]  # everybody who can be asked, and the manager of each


@dataclass(frozen=True)
class Seat:
    """`user` is asked, in the place of `on_behalf_of` when that is somebody else."""

    user: int
    source: str = Source.ROUTE
    on_behalf_of: int | None = None


@dataclass(frozen=True)
class Company:
    """What `seated` must know of people, by number: who can be asked, who is away and who stands in, managers, the C4E."""

    people: Collection[int]
    c4e: Collection[int] = ()
    away: Collection[int] = ()
    stand_ins: Mapping[int, int] = field(default_factory=dict)
    managers: Managers = field(default_factory=dict)


def seated(named: Iterable[int], barred: Collection[int], company: Company) -> list[Seat]:
    """The seats of a stage. Whoever is barred loses the seat and gives it to nobody; whoever is away keeps it and shares it
    with one who is there. Each person sits once. When nobody is left, the C4E is asked."""
    able = {pk for pk in company.people if pk not in barred}
    seats = [Seat(pk) for pk in dict.fromkeys(named) if pk in able]
    taken = {seat.user for seat in seats}
    for seat in list(seats):
        if seat.user in company.away:
            other = substitute(seat.user, company, free=able - taken)
            if other is not None:
                taken.add(other)
                seats.append(Seat(other, Source.ABSENCE, seat.user))
    if seats and any(seat.user not in company.away for seat in seats):
        return seats
    return seats + [Seat(pk, Source.NOBODY) for pk in company.c4e if pk in able - taken]


def substitute(person: int, company: Company, *, free: Collection[int]) -> int | None:
    """Who answers instead: the chosen stand-in, else the nearest manager above who is there and free."""
    chosen = company.stand_ins.get(person)
    if chosen in free and chosen not in company.away:
        return chosen
    above, seen = company.managers.get(person), {person}
    while above is not None and above not in seen:
        if above in free and above not in company.away:
            return above
        seen.add(above)
        above = company.managers.get(above)
    return None


def company_on(now: datetime) -> Company:
    """The company as it is on that day of the default time zone. Five queries."""
    today = timezone.localdate(now)
    people = dict(User.objects.people().values_list("pk", "manager_id"))
    c4e = User.objects.people().in_role(Role.STAFF).order_by("name", "pk").values_list("pk", flat=True)
    away = set(Absence.objects.on(today).values_list("user", flat=True))
    return Company(people.keys(), list(c4e), away, stand_ins(today), people)


def barred_from(request: ApprovalRequest) -> set[int]:
    """Those who ask, who stand behind the service that does, and who have a part in the subject."""
    own = {request.requested_by_id, request.requested_by.steward_id}
    return {pk for pk in own if pk is not None} | subject_for(request.kind).parties(request)


def approvers_before(request: ApprovalRequest) -> list[int]:
    """Who approved an earlier stage of this submission, the latest last."""
    given = Decision.objects.filter(request=request, revision=request.revision, outcome=RequestState.APPROVED)
    return list(given.order_by("at", "id").values_list("by", flat=True))


def named_by(
    rules: StageRules, request: ApprovalRequest, *, before: list[int], barred: set[int], managers: Managers
) -> list[int]:
    """Whom the rules of the stage name, in the order of names; relations first."""
    related = [*relations(rules, request, before=before, barred=barred, managers=managers)]
    people = [int(value) for value in rules.values(Who.PERSON)]
    roles, groups = rules.values(Who.ROLE), rules.values(Who.GROUP)
    asked = Q(pk__in=people) | Q(groups__name__in=roles) | Q(approver_groups__slug__in=groups)
    found = User.objects.people().filter(asked).order_by("name", "pk").values_list("pk", flat=True)
    return list(dict.fromkeys([*related, *found]))


def relations(
    rules: StageRules, request: ApprovalRequest, *, before: list[int], barred: set[int], managers: Managers
) -> Iterable[int]:
    """The managers and leads the rules speak of: the nearest who may decide."""
    person = request.requested_by.steward_id or request.requested_by_id
    if rules.names(Who.REQUESTER_MANAGER):
        yield from nearest(managers.get(person), managers, barred)
    if rules.names(Who.UNIT_LEAD) and request.business_unit_id is not None:
        units = BusinessUnit.objects.above(request.business_unit_id).values_list("pk", "parent_id", "lead_id")
        parents, leads = {pk: up for pk, up, _lead in units}, {pk: lead for pk, _up, lead in units}
        at: int | None = request.business_unit_id
        while at is not None and (leads[at] is None or leads[at] in barred or leads[at] not in managers):
            at = parents[at]
        if at is not None:
            yield leads[at]
    if rules.names(Who.PREVIOUS_MANAGER) and before:
        yield from nearest(managers.get(before[-1]), managers, barred)


def nearest(at: int | None, managers: Managers, barred: set[int]) -> Iterable[int]:
    """The first on the way up who can be asked and is not barred; nobody when the way ends, or runs in a circle."""
    seen: set[int] = set()
    while at is not None and at not in seen:
        if at in managers and at not in barred:
            yield at
            return
        seen.add(at)
        at = managers.get(at)


def seats_of(rules: StageRules, request: ApprovalRequest, *, now: datetime) -> list[Seat]:
    """Who is asked at this stage now. Whoever approved an earlier stage is not asked again, unless nobody else is left."""
    barred, before, company = barred_from(request), approvers_before(request), company_on(now)
    for more in (set(before), set()):
        kept = barred | more
        named = named_by(rules, request, before=before, barred=kept, managers=company.managers)
        seats = seated(named, kept, company)
        if seats:
            return seats
    return []
