"""The stories: how long ago an app was born, for how many days, when its people stop using it and what they answer.

All numbers are days. `born` and `quiet` are days before the day of loading; a pair is a range to throw dice in."""

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True)
class Story:
    """`ends` is how the maker's part goes: `live`, `draft`, `review` or `returned`. `quiet` is the last day of use, None for
    never. `renews` and `keeps` say whether the owner answers, and with which reason when there was no use."""

    born: Span
    lifespans: tuple[int, ...] = (90, 90, 180)
    ends: str = "live"
    quiet: Span | None = None
    renews: bool = True
    keeps: str = ""
    restored_after: int = 0
    exempt: str = ""
    quarantined: str = ""


STORIES: dict[str, Story] = {
    "steady": Story(born=(46, 238)),
    "young": Story(born=(6, 40), lifespans=(90,)),
    "draft": Story(born=(1, 12), ends="draft"),
    "review": Story(born=(1, 4), ends="review"),
    "returned": Story(born=(8, 12), ends="returned"),
    "leaver": Story(born=(80, 200)),
    "ending": Story(born=(78, 87), lifespans=(90,), renews=False),
    "grace": Story(born=(93, 97), lifespans=(90,), renews=False),
    "lapsed": Story(born=(118, 220), lifespans=(90,), quiet=(100, 118), renews=False),
    "restored": Story(born=(150, 170), lifespans=(90,), renews=False, restored_after=9),
    "retired": Story(born=(236, 239), lifespans=(20,), quiet=(222, 230), renews=False),
    "fading": Story(born=(225, 238), lifespans=(365,), quiet=(118, 175)),
    "flagged": Story(born=(190, 235), lifespans=(365,), quiet=(64, 80)),
    "kept": Story(
        born=(200, 235), lifespans=(365,), quiet=(96, 104), keeps="Needed again for the stock-taking in January."
    ),
    "endless": Story(born=(228, 238), lifespans=(60,), quiet=(205, 215), keeps="Somebody may still need it."),
    "exempt": Story(born=(210, 236), lifespans=(365,), quiet=(90, 120), exempt="Used in a few weeks of the year only."),
    "quarantined": Story(
        born=(60, 110), lifespans=(180,), quarantined="Personal data leaves the company through a blocked connector."
    ),
}
