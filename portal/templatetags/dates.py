"""Dates for readers: absolute in the text, relative beside it, in the reader's own zone."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()
DAY = "j F Y"
MINUTE = "j F Y, H:i"


def days_between(day: date, today: date) -> str:
    """How far `day` lies from `today`, in words."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}


def since(moment: datetime, now: datetime) -> str:
    """How long ago `moment` was: minutes and hours within a day, else days of the reader's calendar."""
    seconds = (now - moment).total_seconds()
    if 0 <= seconds < 60:
        return _("just now")
    if 60 <= seconds < 3600:
        minutes = int(seconds // 60)
        return ngettext("%(minutes)d minute ago", "%(minutes)d minutes ago", minutes) % {"minutes": minutes}
    local, today = timezone.localtime(moment).date(), timezone.localtime(now).date()
    if 3600 <= seconds < 86_400 and local == today:
        hours = int(seconds // 3600)
        return ngettext("%(hours)d hour ago", "%(hours)d hours ago", hours) % {"hours": hours}
    return days_between(local, today)


@register.filter
def lasting(value: timedelta | None) -> str:
    """How long something took: days, else hours, else minutes."""
    if value is None:
        return ""
    seconds = int(value.total_seconds())
    if seconds >= 86_400:
        days = seconds // 86_400
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    if seconds >= 3_600:
        hours = seconds // 3_600
        return ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours}
    minutes = max(seconds, 0) // 60
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}


@register.simple_tag
def when(value: date | datetime | None, relative: bool = True, now: datetime | None = None) -> SafeString | str:
    """A <time>: "12 March 2027, in 90 days"; a datetime also says the minute. None is a dash."""
    if value is None:
        return format_html('<span class="quiet">{}</span>', _("none"))
    now = now or timezone.now()
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        text, help_text, machine = (
            formats.date_format(local, MINUTE),
            since(value, now),
            local.isoformat(timespec="minutes"),
        )
    else:
        text, machine = formats.date_format(value, DAY), value.isoformat()
        help_text = days_between(value, timezone.localtime(now).date())
    if not relative:
        return format_html('<time datetime="{}">{}</time>', machine, text)
    return format_html(
        '<time datetime="{}">{}</time>', machine, _("%(date)s, %(relative)s") % {"date": text, "relative": help_text}
    )


@register.simple_tag
def ago(value: date | datetime | None, now: datetime | None = None) -> SafeString | str:
    """Only the distance, with the full date as title: for narrow columns."""
    if value is None:
        return format_html('<span class="quiet">{}</span>', _("never"))
    now = now or timezone.now()
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        text, full, machine = since(value, now), formats.date_format(local, MINUTE), local.isoformat(timespec="minutes")
    else:
        text = days_between(value, timezone.localtime(now).date())
        full, machine = formats.date_format(value, DAY), value.isoformat()
    return format_html('<time datetime="{}" title="{}">{}</time>', machine, full, text)


@register.inclusion_tag("components/badge.html")
def days_left(day: date, today: date | None = None, warn: int = 30, bad: int = 14) -> dict[str, Any]:
    """A badge that counts down: quiet, then amber under `warn` days, red under `bad`, and "ended" after."""
    left = (day - (today or timezone.localdate())).days
    if left < 0:
        text = ngettext("Ended %(days)d day ago", "Ended %(days)d days ago", -left) % {"days": -left}
    elif left == 0:
        text = _("Ends today")
    else:
        text = ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}
    tone = "bad" if left < bad else "warn" if left <= warn else "mute"
    return {"text": text, "tone": tone, "glyph": "clock-alert" if left < bad else "clock"}


@register.filter
def duration(minutes: int) -> str:
    """Whole minutes in the largest unit that says them exactly: 10 minutes, 2 hours, 1 day."""
    if minutes and minutes % 1440 == 0:
        return ngettext("%(count)d day", "%(count)d days", minutes // 1440) % {"count": minutes // 1440}
    if minutes and minutes % 60 == 0:
        return ngettext("%(count)d hour", "%(count)d hours", minutes // 60) % {"count": minutes // 60}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
