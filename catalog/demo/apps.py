"""The apps of the demo, from data/apps.txt: what each is, who owns it, and the story its people live."""

import re
from dataclasses import dataclass
from functools import cache

from catalog.demo.company import DATA

PLACE = re.compile(r"(.+?)@([a-z.\-]+)/([a-z.\-]+)(?::([a-z]+))?(?:\s|$)")


@dataclass(frozen=True)
class Seed:
    """One app: `owner` and `second_owner` are ids of the company file; `number` makes its dice its own."""

    number: int
    name: str
    purpose: str
    justification: str
    data: str
    audience: int
    sla: str
    connectors: tuple[str, ...]
    hosts: tuple[str, ...]
    owner: str
    second_owner: str
    story: str

    def dice(self, sides: int, throw: int = 0) -> int:
        """0 to sides − 1, always the same for the same app and throw."""
        return (self.number * 7919 + throw * 104729 + len(self.name) * 31) % 1_000_003 % sides


def listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part and part != "-")


@cache
def seeds() -> tuple[Seed, ...]:
    found: list[Seed] = []
    for line in (DATA / "apps.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        name, connectors, data, audience, sla, hosts, purpose, justification, places = line.split("|")
        for place, owner, second_owner, story in PLACE.findall(places):
            found.append(
                Seed(
                    number=len(found) + 1,
                    name=f"{name}, {place}",
                    purpose=purpose,
                    justification=justification,
                    data=data,
                    audience=int(audience),
                    sla=sla,
                    connectors=listed(connectors),
                    hosts=listed(hosts),
                    owner=owner,
                    second_owner=second_owner,
                    story=story or "steady",
                )
            )
    return tuple(found)
