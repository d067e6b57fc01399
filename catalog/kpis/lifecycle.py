"""What the lifecycle does: apps put away and brought back, questions that were answered."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.kpis.portfolio import C4E
from catalog.kpis.shown import app_record, yes_no
from catalog.models import Archive, Flag
from portal.kpi_rows import counted, yes
from portal.kpis import Kpi, Record, Source, Window, register

UNIT = "app__business_unit"


def archived(window: Window) -> QuerySet[Archive]:
    put_away = Archive.objects.filter(at__gte=window.since, at__lt=window.until)
    return counted(put_away.select_related("app").order_by("-at", "pk"), unit=UNIT)


def restored(window: Window) -> QuerySet[Archive]:
    back = Archive.objects.filter(restored_at__gte=window.since, restored_at__lt=window.until)
    return counted(back.select_related("app").order_by("-restored_at", "pk"), unit=UNIT)


def answered(window: Window) -> QuerySet[Flag]:
    """Questions asked in the period. The part are those that a person answered before its end."""
    asked = Flag.objects.filter(at__gte=window.since, at__lt=window.until)
    by_person = Q(answered_by__isnull=False, answered_at__lt=window.until)
    return counted(asked.select_related("app").order_by("-at", "pk"), unit=UNIT, part=yes(by_person))


def archive_record(row: Any) -> Record:
    return app_record(row.app, row.at, row.reason, row.restored_at)


def flag_record(row: Any) -> Record:
    return app_record(row.app, row.at, row.answered_at, yes_no(row.kpi_part))


ARCHIVE_HEADS = (_("Archived"), _("Reason"), _("Restored"))
register(
    Kpi(
        "catalog.archived",
        _("Apps archived"),
        _("How many apps that were over or unused went away."),
        _("Apps archived in the period, by a sweep or by a person."),
        _("apps"),
        "",
        (Source("archives", _("Apps archived"), archived, archive_record, ARCHIVE_HEADS),),
        origin=_("The catalog."),
        owner=C4E,
        decimals=0,
        counts=True,
        findings=("", "", _("Apps archived each month")),
    ),
    Kpi(
        "catalog.restored",
        _("Apps restored"),
        _("How many apps were archived and still needed: each is a question that failed."),
        _("Apps restored in the period."),
        _("apps"),
        "down",
        (Source("archives", _("Apps restored"), restored, archive_record, ARCHIVE_HEADS),),
        origin=_("The catalog."),
        owner=C4E,
        decimals=0,
        counts=True,
        findings=(
            _("Fewer apps had to be restored"),
            _("More apps had to be restored"),
            _("As many apps were restored"),
        ),
    ),
    Kpi(
        "catalog.answers",
        _("Questions answered"),
        _("Whether owners answer when they are asked about an app that looks unused."),
        _("Questions of the period that a person has answered, of all questions of the period."),
        "%",
        "up",
        (
            Source(
                "flags",
                _("Questions about unused apps"),
                answered,
                flag_record,
                (_("Asked"), _("Answered"), _("Counts")),
            ),
        ),
        origin=_("The daily digest and the pages it leads to."),
        owner=C4E,
        scale=100,
        findings=(
            _("More questions are answered"),
            _("Fewer questions are answered"),
            _("As many questions are answered"),
        ),
    ),
)
