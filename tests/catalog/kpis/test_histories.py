"""The figures of the catalog against slow answers in Python, on made-up histories: at month ends, across time zones and the
change of the clocks, for each unit of a tree."""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.models import Archive, Discovery, MicroApp
from portal.kpis import KPIS
from portal.measuring import own, rolled_up
from portal.models import BusinessUnit
from portal.months import window_of
from tests.makers.catalog import make_app
from tests.makers.portal import make_unit

pytestmark = pytest.mark.django_db
ZONES = ("UTC", "Europe/Madrid", "Pacific/Auckland", "America/Los_Angeles")
# Moments close to the ends of months, in each zone, and the hour that comes twice.
EDGES = [
    datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    for zone in ZONES
    for month, day in ((10, 1), (10, 31), (11, 1), (10, 25))
    for hour, minute in ((0, 0), (23, 59), (2, 30))
]
MOMENTS = st.one_of(
    st.sampled_from(EDGES),
    st.datetimes(datetime(2026, 9, 1), datetime(2026, 12, 15)).map(lambda at: at.replace(tzinfo=UTC)),  # noqa: DTZ001
)


@st.composite
def app_lives(draw):
    """Unit, begun, went live, came from an inventory, and the times it was put away and brought back."""
    times = sorted(draw(st.lists(MOMENTS, min_size=2, max_size=6, unique=True)))
    begun, live, *turns = times
    away = [(turns[at], turns[at + 1] if at + 1 < len(turns) else None) for at in range(0, len(turns), 2)]
    return draw(st.integers(0, 3)), begun, live if draw(st.booleans()) else None, draw(st.booleans()), away


FINDS = st.tuples(st.integers(0, 4), st.lists(MOMENTS, min_size=1, max_size=2, unique=True).map(sorted))


@pytest.fixture(scope="module")
def zones():
    return [ZoneInfo(name) for name in ZONES]


@pytest.fixture
def places(owner, second_owner):
    """Four units, three of them below the first, and an app to copy."""
    top = make_unit("Stores")
    below = [BusinessUnit.objects.create(name=f"Region {n}", code=f"region-{n}", parent=top) for n in range(2)]
    deep = BusinessUnit.objects.create(name="City", code="city", parent=below[0])
    return [top, *below, deep], make_app("Pattern", owner=owner, second_owner=second_owner, business_unit=top)


def write(places, lives, finds):
    units, pattern = places
    MicroApp.objects.all().delete()
    for number, (unit, begun, live, imported, away) in enumerate(lives):
        values = {
            field.attname: getattr(pattern, field.attname)
            for field in MicroApp._meta.concrete_fields
            if not field.primary_key and not field.generated
        }
        values |= {
            "slug": f"app-{number}", "created_at": begun, "activated_at": live, "business_unit_id": units[unit].pk,
            "state": "active" if live else "draft", "external_id": f"x{number}" if imported else "",
            "source_system": "test" if imported else "", "creation_key": uuid.uuid4(),
        }  # fmt: skip
        app = MicroApp.objects.create(**values)
        for at, back in away if live else []:
            Archive.objects.create(
                app=app, at=at, reason="Over", state_before="active", restore_until=date(2027, 1, 1), restored_at=back
            )
    for number, (unit, times) in enumerate(finds):
        Discovery.objects.create(
            source_system="test", external_id=str(number), name=f"Find {number}", first_seen_at=times[0],
            settled_at=times[1] if len(times) > 1 else None, business_unit=units[unit] if unit < 4 else None,
        )  # fmt: skip


def under(unit, top):
    """Is `unit` the unit `top` or below it? Everything is below the house."""
    while unit is not None and unit != top:
        unit = unit.parent
    return top is None or unit == top


def live_at(life, moment):
    _unit, _begun, live, _imported, away = life
    return live is not None and live < moment and not any(
        at < moment and (back is None or back >= moment) for at, back in away
    )  # fmt: skip


def slow(units, lives, finds, window, top):
    """Part and whole of each figure, by looking at every life."""
    lives = [life for life in lives if under(units[life[0]], top)]
    finds = [times for unit, times in finds if top is None or unit < 4 and under(units[unit], top)]
    live = sum(live_at(life, window.until) for life in lives)
    open_finds = sum(times[0] < window.until and (len(times) == 1 or times[1] >= window.until) for times in finds)
    went = [life for life in lives if life[2] and window.since <= life[2] < window.until and not life[3]]
    days = sum(((life[2] - life[1]) / timedelta(days=1) for life in went), 0.0)
    away = [pair for life in lives if life[2] for pair in life[4]]
    put_away = sum(window.since <= at < window.until for at, _back in away)
    back = sum(back is not None and window.since <= back < window.until for _at, back in away)
    return {
        "catalog.sanctioned": (live, live + open_finds),
        "catalog.delivery": (days, len(went)),
        "catalog.archived": (put_away, put_away),
        "catalog.restored": (back, back),
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(app_lives(), max_size=8), st.lists(FINDS, max_size=5), st.sampled_from(range(len(ZONES))))
def test_every_figure_is_what_a_slow_look_gives(places, zones, lives, finds, zone):
    units, _pattern = places
    window = window_of(date(2026, 10, 1), zones[zone])
    with transaction.atomic():
        write(places, lives, finds)
        parents = dict(BusinessUnit.objects.values_list("pk", "parent_id"))
        for key in ("catalog.sanctioned", "catalog.delivery", "catalog.archived", "catalog.restored"):
            found = rolled_up(own(KPIS[key], window), parents)
            for top in (None, *units):
                part, whole = slow(units, lives, finds, window, top)[key]
                sums = found[top.pk if top else None]
                assert float(sums.part) == pytest.approx(part, abs=1e-4), (key, top)
                assert sums.whole == Decimal(whole), (key, top)
        transaction.set_rollback(True)
