"""The seam to the packages above: each registers what can be asked about its things, and what a decision does.

Deciding calls the subject inside its own transaction, so that a decision and its effect stand or fall together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise

from approvals.models import ApprovalRequest
from approvals.risk import RiskFacts
from portal.models import BusinessUnit, User


@dataclass(frozen=True)
class Fact:
    """One line of what the reviewer sees, as it was when asked: a label and a value, both plain text."""

    label: str | Promise
    value: str


class Subject(Protocol):
    """What `approvals` knows of a kind of thing. All methods run inside the caller's transaction."""

    @property
    def kind(self) -> str: ...

    @property
    def has_fast_lane(self) -> bool:
        """May the rules decide alone when everything is in order?"""
        ...

    @property
    def label(self) -> str | Promise: ...

    @property
    def question(self) -> str | Promise:
        """For example "Take %(title)s into the catalog?"."""
        ...

    def parties(self, request: ApprovalRequest) -> frozenset[int]:
        """The people, by number, who have a part in the subject: they never decide on it."""
        ...

    def approved(self, request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
        """`by` is empty when the rules decided."""
        ...

    def returned(self, request: ApprovalRequest, *, by: User, reason: str, now: datetime) -> None: ...

    def refused(self, request: ApprovalRequest, *, by: User, reason: str, now: datetime) -> None: ...

    def withdrawn(self, request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
        """Also when a request expired: then `by` is empty."""
        ...

    def edit_url(self, request: ApprovalRequest) -> str:
        """Where the person who asked puts right what was sent back, and sends it again."""
        ...


@dataclass(frozen=True)
class Asked:
    """What a package hands over when it opens or resubmits a request.

    `risk` is what the risk is computed from; the results of policies and the certification are filled in here.
    `source_kind` and `source_id` name the thing to check (`approvals.check_sources`); `responsible` is whose
    certification lowers the risk."""

    subject_id: int
    title: str
    url: str
    facts: list[Fact]
    business_unit: BusinessUnit | None = None
    risk: RiskFacts = RiskFacts()
    source_kind: str = ""
    source_id: int | None = None
    responsible: User | None = None


SUBJECTS: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    SUBJECTS[subject.kind] = subject


def subject_for(kind: str) -> Subject:
    """Raises KeyError for a kind nobody registered."""
    return SUBJECTS[kind]
