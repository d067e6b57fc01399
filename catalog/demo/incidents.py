"""What went wrong at Halden: reported, put right, judged and learnt from by the real actions, at their own times."""

import json
from datetime import datetime, timedelta
from typing import Any

from approvals.models import Policy
from catalog.actions import incidents
from catalog.demo.company import DATA
from catalog.models import MicroApp
from portal.models import User
from training.models import Course

FILE = DATA / "incidents.json"


def happen(people: dict[str, User], now: datetime) -> None:
    for told in json.loads(FILE.read_text()):
        happen_one(told, people, now)


def happen_one(told: dict[str, Any], people: dict[str, User], now: datetime) -> None:
    noticed = now - timedelta(days=told["days_ago"], hours=3)
    apps = list(MicroApp.objects.live_at(noticed).filter(name__in=told["apps"]).order_by("name"))
    reported = noticed + timedelta(minutes=40)
    incident = incidents.report(
        title=told["title"],
        text=told["text"],
        severity=told["severity"],
        noticed_at=noticed,
        apps=apps,
        by=people[told["by"]],
        now=reported,
    )
    for line in told["notes"]:
        at = reported + timedelta(hours=line["after_hours"])
        incidents.note(incident, text=line["text"], by=people[line["by"]], now=at)
    if (hours := told.get("resolved_after_hours")) is not None:
        incidents.resolve(
            incident, text=told["resolution"], by=people["ana.kovac"], now=noticed + timedelta(hours=hours)
        )
    if "cause" in told:
        judged = reported + timedelta(days=2)
        judge = people[told["judge"]]
        incidents.decide_cause(
            incident, is_attributable=told["attributable"], cause=told["cause"], by=judge, now=judged
        )
    if "lesson" in told:
        incidents.learn(
            incident,
            lesson=told["lesson"],
            course=Course.objects.filter(slug=told.get("course", "")).first(),
            policy=Policy.objects.filter(slug=told.get("policy", "")).first(),
            by=people["ana.kovac"],
            now=reported + timedelta(days=3),
        )
