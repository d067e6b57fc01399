"""What training measures."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from approvals.check_sources import SOURCES
from approvals.models import Violation
from portal.kpi_rows import counted, yes
from portal.kpis import Kpi, Record, Source, Window, register
from portal.models import User
from training.models import Attempt, Award

UNIT, C4E = "business_unit", _("C4E")


def holders(window: Window) -> QuerySet[Award]:
    return Award.objects.counting(window.until).filter(user=OuterRef("pk"), first_awarded_at__lt=window.until)


def certified(window: Window) -> QuerySet[User]:
    people = User.objects.people().select_related("business_unit").order_by("name", "pk")
    return counted(people, unit=UNIT, part=yes(Exists(holders(window))))


def first_attempts(window: Window) -> QuerySet[Attempt]:
    first = Attempt.objects.filter(number=1, enrolment__isnull=False)
    over = first.filter(submitted_at__gte=window.since, submitted_at__lt=window.until)
    rows = over.select_related("user", "enrolment__course__current").order_by("-submitted_at", "pk")
    return counted(rows, unit="user__business_unit", part=yes(Q(passed=True)))


def owners(window: Window, *, are_certified: bool) -> QuerySet[User]:
    """Those who own something that policies check; the part is how many open violations they have."""
    of_things = set().union(*(source.owner_ids() for source in SOURCES.values()))
    standing = Violation.objects.filter(Q(closed_at=None) | Q(closed_at__gte=window.until), opened_at__lt=window.until)
    held = Exists(holders(window))
    people = User.objects.people().filter(held if are_certified else ~held, pk__in=of_things)
    theirs = standing.filter(owner=OuterRef("pk")).order_by().values("owner").annotate(n=Count("pk")).values("n")
    open_now = Coalesce(Subquery(theirs, output_field=IntegerField()), 0)
    return counted(people.order_by("name", "pk"), unit=UNIT, part=open_now)


def certified_owners(window: Window) -> QuerySet[User]:
    return owners(window, are_certified=True)


def other_owners(window: Window) -> QuerySet[User]:
    return owners(window, are_certified=False)


def person_record(user: Any) -> Record:
    unit = user.business_unit.name if user.business_unit else ""
    return Record(str(user), user.get_absolute_url(), (unit, text("yes") if user.kpi_part else text("no")))


def owner_record(user: Any) -> Record:
    return Record(str(user), user.get_absolute_url(), (int(user.kpi_part),))


def attempt_record(row: Any) -> Record:
    passed = text("yes") if row.kpi_part else text("no")
    return Record(str(row.enrolment.course), row.user.get_absolute_url(), (row.user, row.submitted_at, passed))


OPEN = (_("Open violations"),)
EACH_HUNDRED = _("for each 100 owners")
register(
    Kpi(
        "training.certified",
        _("Certified people"),
        _("How many people know the rules of the house."),
        _("People who hold a badge that counts, of all people, at the end of the period."),
        "%",
        "up",
        (Source("people", _("People"), certified, person_record, (_("Business unit"), _("Certified"))),),
        origin=_("The awards."),
        owner=C4E,
        scale=100,
        stands=True,
        target=Decimal(40),
        findings=(_("More people are certified"), _("Fewer people are certified"), _("As many people are certified")),
    ),
    Kpi(
        "training.passed_at_once",
        _("Quizzes passed at once"),
        _("Whether the courses teach what the quizzes ask."),
        _("First attempts that passed, of all first attempts handed in in the period."),
        "%",
        "up",
        (
            Source(
                "attempts",
                _("First attempts"),
                first_attempts,
                attempt_record,
                (_("Person"), _("Handed in"), _("Passed")),
            ),
        ),
        origin=_("The attempts."),
        owner=C4E,
        scale=100,
        findings=(_("More pass at once"), _("Fewer pass at once"), _("As many pass at once")),
    ),
    Kpi(
        "training.violations_certified",
        _("Open violations of certified owners"),
        _("Whether training shows in the apps."),
        _("Open violations of owners with a badge, for each hundred such owners."),
        EACH_HUNDRED,
        "down",
        (Source("owners", _("Certified owners"), certified_owners, owner_record, OPEN),),
        origin=_("The awards and the violations."),
        owner=C4E,
        scale=100,
        stands=True,
        findings=(
            _("Certified owners have fewer violations"),
            _("Certified owners have more violations"),
            _("Certified owners have as many violations"),
        ),
    ),
    Kpi(
        "training.violations_uncertified",
        _("Open violations of owners without a badge"),
        _("What training is compared with."),
        _("Open violations of owners without a badge, for each hundred such owners."),
        EACH_HUNDRED,
        "down",
        (Source("owners", _("Owners without a badge"), other_owners, owner_record, OPEN),),
        origin=_("The awards and the violations."),
        owner=C4E,
        scale=100,
        stands=True,
        findings=(
            _("Owners without a badge have fewer violations"),
            _("Owners without a badge have more violations"),
            _("Owners without a badge have as many violations"),
        ),
    ),
)
