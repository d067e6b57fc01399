from __future__ import annotations

import zoneinfo
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models.business_unit import BusinessUnit


def check_time_zone(value: str) -> None:
    """Raise ValidationError unless `value` is a zone of the IANA database."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(
            _("%(value)s is not a time zone. Use a name such as Europe/Madrid."), params={"value": value}
        )


def weekdays() -> list[int]:
    """Monday to Friday, as ISO weekday numbers."""
    return [1, 2, 3, 4, 5]


class Role(models.TextChoices):
    """What a person may do beyond being a maker, which everyone is. Each is a Django group of the same name."""

    REVIEWER = "reviewer", _("Reviewer")
    BOARD = "board", _("Board member")
    STAFF = "staff", _("C4E staff")
    AUDITOR = "auditor", _("Auditor")
    ADMIN = "admin", _("Administrator")


class UserQuerySet(models.QuerySet["User"]):
    def people(self) -> UserQuerySet:
        """Active persons: those who can be asked and can answer. No service identities."""
        return self.filter(is_active=True, is_service=False)

    def services(self) -> UserQuerySet:
        return self.filter(is_service=True)

    def closed(self) -> UserQuerySet:
        return self.filter(is_active=False)

    def leaving(self) -> UserQuerySet:
        """Open accounts with a last working day."""
        return self.filter(is_active=True, leaves_on__isnull=False)

    def in_unit(self, unit: models.Model) -> UserQuerySet:
        """People of the unit and of every unit under it."""
        return self.filter(business_unit__in=BusinessUnit.objects.below(unit.pk))

    def in_role(self, role: Role) -> UserQuerySet:
        return self.filter(groups__name=role)

    def administrators(self) -> UserQuerySet:
        """Active persons who may give roles. A superuser made at the command line is one without holding the role."""
        return self.people().filter(models.Q(is_superuser=True) | models.Q(groups__name=Role.ADMIN.value)).distinct()

    def matching(self, words: str) -> UserQuerySet:
        """People whose name or address contains `words`, or whose name is close to them (typing errors)."""
        return self.filter(
            models.Q(name__icontains=words)
            | models.Q(email__icontains=words)
            | models.Q(name__trigram_word_similar=words)
        )

    def for_profile(self) -> UserQuerySet:
        return self.select_related("business_unit__lead", "manager", "steward").prefetch_related("groups")

    def for_table(self) -> UserQuerySet:
        return (
            self.select_related("business_unit", "manager", "steward").prefetch_related("groups").order_by("name", "pk")
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, or a service identity with a person behind it.

    `leaves_on` is the last working day; `time_zone` and `working_days` (ISO weekdays, Monday 1) say when a digest may
    arrive; `steward` is the human who answers for a service identity."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    business_unit = models.ForeignKey(
        "portal.BusinessUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("business unit"),
    )
    cost_centre = models.ForeignKey(
        "portal.CostCentre", models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("cost centre")
    )
    manager = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("manager")
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[check_time_zone])
    working_days = ArrayField(models.PositiveSmallIntegerField(), default=weekdays, verbose_name=_("working days"))
    single_key_shortcuts = models.BooleanField(_("single-key shortcuts"), default=True)
    muted_kinds = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name=_("muted notifications")
    )
    is_service = models.BooleanField(_("service identity"), default=False)
    steward = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("person behind the service"),
    )
    leaves_on = models.DateField(_("last working day"), null=True, blank=True)
    is_staff = models.BooleanField(_("may open the records pages"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    start_list_dismissed_at = models.DateTimeField(_("start list dismissed"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=models.Q(is_service=False, steward=None) | models.Q(is_service=True, steward__isnull=False),
                name="user_service_has_steward",
                violation_error_message=_(
                    "A service identity needs a person behind it, and only a service identity has one."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(manager=models.F("id")),
                name="user_not_own_manager",
                violation_error_message=_("Nobody is their own manager. Choose somebody else."),
            ),
        ]
        indexes = [GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="user_name_trgm")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_absolute_url(self) -> str:
        return reverse("person_detail", args=[self.pk])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email

    @property
    def initials(self) -> str:
        words = self.name.split() or [self.email]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    def is_managed_by(self, person: User) -> bool:
        """Is `person` this person's manager, or a manager above? One query for each level."""
        above, seen = self.manager_id, set()
        while above is not None and above not in seen:
            if above == person.pk:
                return True
            seen.add(above)
            above = User.objects.values_list("manager_id", flat=True).get(pk=above)
        return False

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def local_date(self, now: datetime) -> date:
        """The calendar day this person is living at `now`."""
        return now.astimezone(self.zone).date()

    def works_on(self, day: date) -> bool:
        return day.isoweekday() in self.working_days

    @property
    def answers_for(self) -> list[int]:
        """The numbers of this person and of the service identities behind which they stand; read once per instance."""
        if not hasattr(self, "_answers_for"):
            self._answers_for = [self.pk, *self.services.values_list("pk", flat=True)]
        return self._answers_for

    @property
    def roles(self) -> frozenset[str]:
        """The roles this person holds; read once per instance."""
        if not hasattr(self, "_roles"):
            held = {group.name for group in self.groups.all()} & set(Role.values)
            self._roles = frozenset(held | {Role.ADMIN.value} if self.is_superuser else held)
        return self._roles

    @property
    def role_labels(self) -> list[str]:
        """The names of the roles this person holds, in their order."""
        return [str(role.label) for role in Role if role in self.roles]

    def has_role(self, *roles: Role) -> bool:
        """Does this person hold any of `roles`? An administrator holds them all."""
        return Role.ADMIN in self.roles or any(role in self.roles for role in roles)
