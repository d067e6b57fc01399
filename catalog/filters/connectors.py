"""What the list of connectors can be narrowed by."""

from functools import cached_property

from django.http import QueryDict

from catalog.filters.micro_apps import LONGEST_WORDS
from catalog.models import Connector
from catalog.models.connector import ConnectorQuerySet, ConnectorStatus


class ConnectorFilter:
    """Search and status from the address; what is unknown is left out."""

    def __init__(self, data: QueryDict) -> None:
        self.words = data.get("q", "").replace("\x00", " ").strip()[:LONGEST_WORDS]
        self.status = data.get("status", "") if data.get("status") in ConnectorStatus.values else ""

    def searched(self) -> ConnectorQuerySet:
        return Connector.objects.matching(self.words) if self.words else Connector.objects.all()

    def narrowed(self) -> ConnectorQuerySet:
        return self.searched().filter(status=self.status) if self.status else self.searched()

    @cached_property
    def counts(self) -> dict[str, int]:
        """Connectors for each status under the search, and `all`."""
        found = list(self.searched().order_by().values_list("status", flat=True))
        return {**{status: found.count(status) for status in ConnectorStatus.values}, "all": len(found)}

    @property
    def total(self) -> int:
        return self.counts[self.status or "all"]

    @property
    def choices(self) -> list[tuple[str, str, int, bool]]:
        """Value, label, count and whether it is in force."""
        return [
            (status.value, str(status.label), self.counts[status.value], status.value == self.status)
            for status in ConnectorStatus
        ]
