from catalog.models.answer_link import AnswerLink
from catalog.models.app_fact import AppFact
from catalog.models.app_figures import AppFigures
from catalog.models.archive import Archive
from catalog.models.collector import Collector
from catalog.models.connector import Connector
from catalog.models.dependency import AppDependency, ConnectorUse, ExternalHost
from catalog.models.discovery import Discovery
from catalog.models.flag import Flag
from catalog.models.hand_over import HandOver
from catalog.models.import_run import ColumnMapping, ImportFile, ImportRow, ImportRun
from catalog.models.incident import Incident, IncidentApp, IncidentNote
from catalog.models.marketplace import (
    AppTemplate,
    Campaign,
    Clone,
    CloneDraft,
    Collection,
    CollectionItem,
    Delivery,
    Rating,
    Repository,
    RepositoryToken,
    ReuseCredit,
    TemplateVersion,
    Upgrade,
    Wish,
    WishVote,
)
from catalog.models.micro_app import MicroApp
from catalog.models.proposal import Proposal
from catalog.models.reminder import Reminder
from catalog.models.renewal import Renewal
from catalog.models.rule_setting import RuleSetting
from catalog.models.sbom import Sbom
from catalog.models.source_record import SourceRecord
from catalog.models.sweep_run import SweepItem, SweepRun
from catalog.models.usage import UsageDay, UsageVisitor

__all__ = [
    "AnswerLink",
    "AppDependency",
    "AppFact",
    "AppFigures",
    "AppTemplate",
    "Archive",
    "Campaign",
    "Clone",
    "CloneDraft",
    "Collection",
    "CollectionItem",
    "Collector",
    "ColumnMapping",
    "Connector",
    "ConnectorUse",
    "Delivery",
    "Discovery",
    "ExternalHost",
    "Flag",
    "HandOver",
    "ImportFile",
    "ImportRow",
    "ImportRun",
    "Incident",
    "IncidentApp",
    "IncidentNote",
    "MicroApp",
    "Proposal",
    "Rating",
    "Reminder",
    "Renewal",
    "Repository",
    "RepositoryToken",
    "ReuseCredit",
    "RuleSetting",
    "Sbom",
    "SourceRecord",
    "SweepItem",
    "SweepRun",
    "TemplateVersion",
    "Upgrade",
    "UsageDay",
    "UsageVisitor",
    "Wish",
    "WishVote",
]
