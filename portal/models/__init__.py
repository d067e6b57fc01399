from portal.models.absence import Absence
from portal.models.audit import AuditBlock, AuditEvent
from portal.models.board_snapshot import BoardSnapshot
from portal.models.business_unit import BusinessUnit
from portal.models.cost_centre import CostCentre
from portal.models.job import Job
from portal.models.kpi_reading import KpiReading
from portal.models.kpi_target import KpiTarget
from portal.models.notification import Digest, Notification
from portal.models.slot import Slot
from portal.models.user import User

__all__ = [
    "Absence",
    "AuditBlock",
    "AuditEvent",
    "BoardSnapshot",
    "BusinessUnit",
    "CostCentre",
    "Digest",
    "Job",
    "KpiReading",
    "KpiTarget",
    "Notification",
    "Slot",
    "User",
]
