"""The same act for many apps: each in its own transaction, each with its own result."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _

from catalog.actions.hand_overs import offer
from catalog.actions.reminders import remind
from catalog.actions.renewals import renew
from catalog.models import MicroApp
from catalog.models.renewal import RenewalWay
from catalog.rules import RuleBook
from portal.bulk import Result, each
from portal.models import User

MOST = 200


def renew_many(apps: Iterable[MicroApp], *, days: int, by: User, now: datetime) -> list[Result[MicroApp]]:
    book = RuleBook.load()

    def act(app: MicroApp) -> str:
        renewed = renew(app, days=days, by=by, now=now, way=RenewalWay.BULK, book=book)
        words = {"day": formats.date_format(renewed.renewal.new_end, "j F Y")}
        return (_("Renewed already, until %(day)s.") if renewed.already else _("Renewed until %(day)s.")) % words

    return each(apps, act)


def remind_many(apps: Iterable[MicroApp], *, by: User, now: datetime) -> list[Result[MicroApp]]:
    def act(app: MicroApp) -> str:
        return _("%(owner)s was asked to look at it.") % {"owner": remind(app, by=by, now=now).owner}

    return each(apps, act)


def hand_over_many(
    apps: Iterable[MicroApp], *, taker: User, reason: str, by: User, now: datetime
) -> list[Result[MicroApp]]:
    def act(app: MicroApp) -> str:
        offered = offer(app, taker=taker, by=by, now=now, reason=reason)
        return _("Offered to %(person)s, who now answers.") % {"person": offered.taker}

    return each(apps, act)
