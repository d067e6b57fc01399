from portal.models.absence import Absence
from portal.models.audit import AuditBlock, AuditEvent
from portal.models.business_unit import BusinessUnit
from portal.models.cost_centre import CostCentre
from portal.models.job import Job
from portal.models.notification import Digest, Notification
from portal.models.slot import Slot
from portal.models.user import User

__all__ = [
    "Absence",
    "AuditBlock",
    "AuditEvent",
    "BusinessUnit",
    "CostCentre",
    "Digest",
    "Job",
    "Notification",
    "Slot",
    "User",
]
