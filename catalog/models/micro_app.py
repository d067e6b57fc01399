from __future__ import annotations

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.micro_app_set import ENDS_KEY, MicroAppQuerySet
from catalog.states import AppState
from portal.models.fields import WebAddressField

DEFAULT_LIFESPAN = 90
LONGEST_LIFESPAN = 730


class DataClass(models.TextChoices):
    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")
    CONFIDENTIAL = "confidential", _("Confidential")
    PERSONAL = "personal", _("Personal data")


class Risk(models.TextChoices):
    LOW = "low", _("Low risk")
    MEDIUM = "medium", _("Medium risk")
    HIGH = "high", _("High risk")


class SlaTier(models.TextChoices):
    BEST_EFFORT = "best_effort", _("Best effort")
    BUSINESS_HOURS = "business_hours", _("Business hours")
    CRITICAL = "critical", _("Critical")


class MicroApp(models.Model):
    """A micro app as a dated contract. Every field the company asks for is mandatory; `catalog.contract` lists them.

    `expires_on` is the last good day in the owner's time zone, set when the app goes live: time in review costs nothing.
    `unused_renewals` counts renewals in a row without use. How much it is used
    stands in its `figures`. `monthly_budget` is in the house's
    currency, empty when nobody stated one. `creation_key` makes the same form sent twice one app."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=90, unique=True)
    purpose = models.CharField(_("purpose"), max_length=300)
    justification = models.TextField(_("business justification"), max_length=2_000)
    owner = models.ForeignKey("portal.User", models.PROTECT, related_name="apps", verbose_name=_("owner"))
    second_owner = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="apps_seconded", verbose_name=_("second owner")
    )
    contact = models.EmailField(_("contact"))
    business_unit = models.ForeignKey(
        "portal.BusinessUnit", models.PROTECT, related_name="apps", verbose_name=_("business unit")
    )
    cost_centre = models.ForeignKey(
        "portal.CostCentre", models.PROTECT, related_name="apps", verbose_name=_("cost centre")
    )
    data_classification = models.CharField(_("data it handles"), max_length=12, choices=DataClass.choices)
    audience_size = models.PositiveIntegerField(
        _("people who use it"), validators=[MinValueValidator(1), MaxValueValidator(1_000_000)]
    )
    tags = models.JSONField(_("tags"), default=dict, blank=True)
    sla_tier = models.CharField(_("service level"), max_length=14, choices=SlaTier.choices)
    lifespan_days = models.PositiveSmallIntegerField(
        _("expected lifespan in days"),
        default=DEFAULT_LIFESPAN,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_LIFESPAN)],
    )
    monthly_budget = models.PositiveIntegerField(
        _("budget a month"), null=True, blank=True, validators=[MaxValueValidator(10_000_000)]
    )
    url = WebAddressField(_("where it runs"), blank=True, max_length=300)
    repository_url = WebAddressField(_("repository"), blank=True, max_length=300)

    state = models.CharField(_("state"), max_length=10, choices=AppState.choices, default=AppState.DRAFT)
    risk = models.CharField(_("risk"), max_length=6, choices=Risk.choices, default=Risk.LOW)
    expires_on = models.DateField(_("ends on"), null=True, blank=True)
    unused_renewals = models.PositiveSmallIntegerField(_("renewals in a row without use"), default=0)
    open_tickets = models.PositiveIntegerField(_("open tickets"), default=0)

    source_system = models.CharField(_("came from"), max_length=40, blank=True)
    external_id = models.CharField(_("number there"), max_length=200, blank=True)
    creation_key = models.UUIDField(_("form it came from"), null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("created by")
    )
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)
    activated_at = models.DateTimeField(_("went live"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    purged_at = models.DateTimeField(_("heavy data removed"), null=True, blank=True)

    search = models.GeneratedField(
        expression=SearchVector("name", weight="A", config="english")
        + SearchVector("purpose", weight="B", config="english")
        + SearchVector("justification", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = MicroAppQuerySet.as_manager()

    class Meta:
        verbose_name = _("micro app")
        verbose_name_plural = _("micro apps")
        constraints = [
            models.UniqueConstraint(
                fields=["source_system", "external_id"],
                condition=~models.Q(external_id=""),
                name="app_once_per_source",
                violation_error_message=_("An app with this number of that system is already in the catalog."),
            ),
            models.CheckConstraint(
                condition=~models.Q(second_owner=models.F("owner")),
                name="app_second_owner_is_other",
                violation_error_message=_("The second owner must be somebody else than the owner."),
            ),
            models.CheckConstraint(condition=models.Q(state__in=AppState.values), name="app_state_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "in_review"])
                | models.Q(expires_on__isnull=False)
                | models.Q(state="retired", activated_at=None),
                name="app_live_has_end",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="archived") | models.Q(archived_at__isnull=False), name="app_archived_at"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="retired") | models.Q(retired_at__isnull=False), name="app_retired_at"
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="app_search"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="app_name_trgm"),
            models.Index(fields=["name", "id"], name="app_name"),
            models.Index(ENDS_KEY, "id", name="app_ends_key"),
            models.Index(fields=["-created_at", "-id"], name="app_created"),
            models.Index(fields=["state", "expires_on"], name="app_state_expires"),
            models.Index(fields=["business_unit", "state"], name="app_unit_state"),
            models.Index(fields=["owner", "state"], name="app_owner_state"),
            models.Index(fields=["second_owner", "state"], name="app_second_state"),
            models.Index(fields=["archived_at"], condition=models.Q(state="archived"), name="app_archived"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalog:micro_app_detail", args=[self.slug])

    @property
    def active_users(self) -> int | None:
        return self.figures.active_users

    @property
    def last_seen_on(self) -> date | None:
        return self.figures.last_seen_on

    @property
    def is_live(self) -> bool:
        return self.state in (AppState.ACTIVE, AppState.FLAGGED)

    def days_left(self, today: date) -> int | None:
        """Whole days until the last good day; 0 on that day, negative in grace; None before the app goes live."""
        return None if self.expires_on is None else (self.expires_on - today).days

    def is_owned_by(self, user: models.Model) -> bool:
        return user.pk in (self.owner_id, self.second_owner_id)
