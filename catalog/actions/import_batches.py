"""One batch of an import, decided row by row and written all at once. Dry and real runs are this same code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.actions import import_apps, import_discoveries
from catalog.actions.import_lookups import Directory, Resolved
from catalog.contract import FIELDS
from catalog.importing.columns import LONGEST_ID, TARGETS
from catalog.importing.found import Found
from catalog.importing.values import Cleaned, clean
from catalog.models import Discovery, ImportRow, ImportRun, MicroApp
from catalog.models.discovery import DiscoveryState
from catalog.models.import_run import Outcome
from portal.models import User

LONGEST_NAME, LONGEST_SENTENCE = 200, 500


@dataclass
class Memory:
    """What a run must remember from batch to batch: numbers already met, and apps it has created."""

    met: dict[str, int] = field(default_factory=dict)
    created: dict[str, MicroApp] = field(default_factory=dict)


@dataclass
class Case:
    """One row on its way to an outcome."""

    found: Found
    cleaned: Cleaned
    resolved: Resolved = field(default_factory=Resolved)
    outcome: Outcome = Outcome.REFUSED
    sentence: str = ""
    app: MicroApp | None = None
    discovery: Discovery | None = None
    made: bool = False  # the app or discovery did not exist before this run

    def end(self, outcome: Outcome, sentence: str) -> None:
        self.outcome = outcome
        self.sentence = (
            sentence if len(sentence) <= LONGEST_SENTENCE else sentence[: LONGEST_SENTENCE - 2].rstrip() + " …"
        )


@dataclass(frozen=True)
class Setting:
    """Under which run, by whom and when a batch is written."""

    run: ImportRun
    by: User
    now: datetime
    weights: Mapping[str, int]  # of the risk

    @property
    def facts(self) -> dict[str, Any]:
        return {"import": self.run.pk, "file": self.run.file_name, "source": self.run.source_system}


def settle(founds: list[Found], setting: Setting, memory: Memory) -> list[Case]:
    """Decide every row of the batch and write what follows from it. Call it inside a transaction."""
    cases = [Case(found, clean(found)) for found in founds]
    for case in cases:
        refuse_outright(case, setting, memory)
    open_cases = [case for case in cases if not case.sentence]
    source = setting.run.source_system
    numbers = [case.found.external_id for case in open_cases]
    apps = import_apps.locked(source, numbers)
    discoveries = import_discoveries.locked(source, numbers)
    directory = Directory([case.cleaned for case in open_cases], source, memory.created)
    slugs = import_apps.Slugs(open_cases_names(open_cases), source)
    writing_apps, writing_discoveries = import_apps.Writing(setting), import_discoveries.Writing(setting)
    for case in open_cases:
        case.resolved = directory.resolve(case.cleaned)
        case.app = apps.get(case.found.external_id)
        case.discovery = discoveries.get(case.found.external_id)
        if case.app is not None:
            import_apps.update(case, writing_apps)
        elif case.discovery is not None and case.discovery.state == DiscoveryState.RETIRED:
            import_discoveries.leave_retired(case, writing_discoveries)
        elif case.resolved.gaps:
            import_discoveries.keep(case, writing_discoveries, missing(case.resolved))
        else:
            import_apps.create(case, writing_apps, slugs)
            memory.created[case.found.external_id] = case.app  # type: ignore[assignment]
    writing_apps.write()
    import_discoveries.adopt(open_cases, writing_discoveries)
    writing_discoveries.write()
    return cases


def open_cases_names(cases: list[Case]) -> list[tuple[str, str]]:
    return [(case.found.name, case.found.external_id) for case in cases]


def refuse_outright(case: Case, setting: Setting, memory: Memory) -> None:
    """Rows that cannot be kept at all, each with its sentence."""
    found = case.found
    if found.refusal:
        case.end(Outcome.REFUSED, found.refusal)
        return
    found.name = found.name or found.external_id
    if len(found.external_id) > LONGEST_ID or len(found.name) > LONGEST_NAME:
        case.end(
            Outcome.REFUSED,
            _("The name or number is longer than %(limit)d characters. Shorten it.") % {"limit": LONGEST_NAME},
        )
        return
    before = memory.met.setdefault(found.external_id, found.number)
    if before != found.number:
        case.end(
            Outcome.REFUSED,
            _("Row %(row)d has the same number as row %(before)d (%(number)s). Keep one of them.")
            % {"row": found.number, "before": before, "number": found.external_id},
        )
    elif problem := end_problem(case.cleaned, setting.now):
        case.end(Outcome.REFUSED, problem)


def end_problem(cleaned: Cleaned, now: datetime) -> str:
    if problem := cleaned.problems.get("expires_on"):
        return _("Its end date cannot be used: %(problem)s.") % {"problem": problem}
    ends = cleaned.values.get("expires_on")
    if ends is None:
        return ""
    days = (ends - now.date()).days
    if days < 1:
        return _("Its end date, %(day)s, has passed. Give it a later one, or leave the column out.") % {
            "day": ends.isoformat()
        }
    if days > import_apps.LONGEST_LIFESPAN:
        return _("Its end date, %(day)s, is more than %(limit)d days away. Give it an earlier one.") % {
            "day": ends.isoformat(),
            "limit": import_apps.LONGEST_LIFESPAN,
        }
    return ""


def missing(resolved: Resolved) -> str:
    """The gaps in words: what did not match, then what is not said at all."""
    gaps = resolved.gaps
    unmatched = [f"{TARGETS[key]}: {resolved.problems[key]}." for key in gaps if key in resolved.problems]
    absent = [str(FIELDS[key].label) for key in gaps if key not in resolved.problems]
    parts = unmatched
    if absent:
        parts = [
            ngettext("Missing: %(fields)s.", "Missing: %(fields)s.", len(absent)) % {"fields": ", ".join(absent)},
            *unmatched,
        ]
    return " ".join(parts)


def row_of(case: Case, run: ImportRun, *, dry: bool) -> ImportRow:
    """The lasting line about this row. In a dry run nothing that it made exists."""
    gone = dry and case.made
    return ImportRow(
        run=run,
        number=case.found.number,
        dry=dry,
        name=case.found.name[:LONGEST_NAME],
        outcome=case.outcome,
        sentence=case.sentence,
        app=None if gone else case.app,
        discovery=None if gone else case.discovery,
    )
