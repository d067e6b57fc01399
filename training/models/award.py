from __future__ import annotations

import secrets
import uuid
from datetime import date, datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import User
from training.models.certification import Certification
from training.states import AwardState, Standing

RENEWAL_WINDOW = timedelta(days=183)  # six months before the end
STATUS_SIZE = 131_072  # bits of the status list; the least the standard allows


def new_salt() -> str:
    return secrets.token_hex(16)


class AwardQuerySet(models.QuerySet["Award"]):
    def counting(self, now: datetime) -> AwardQuerySet:
        """Those that open doors at this moment: held, and not past the days of grace.

        The days of grace are of the certification, so the query compares with them."""
        past = models.ExpressionWrapper(
            models.F("valid_until") + models.F("certification__grace_days") * timedelta(days=1),
            output_field=models.DateTimeField(),
        )
        return (
            self.filter(state=AwardState.HELD, valid_from__lte=now)
            .annotate(counts_until=past)
            .filter(counts_until__gte=now)
        )

    def with_names(self) -> AwardQuerySet:
        return self.select_related("certification", "user")


class Award(models.Model):
    """What one person holds of one certification; renewing moves its end, from the old end when it is early.

    `valid_until` is the moment the last good day ends in the holder's time zone. A lapse never touches an app.
    `state_by` is None when the clock moved it. `shows_name`: the public page says whose it is;
    `on_profile`: colleagues see it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey("portal.User", models.PROTECT, related_name="awards", verbose_name=_("holder"))
    certification = models.ForeignKey(
        Certification, models.PROTECT, related_name="awards", verbose_name=_("certification")
    )
    state = models.CharField(_("state"), max_length=9, choices=AwardState.choices, default=AwardState.HELD)
    number = models.PositiveIntegerField(_("version of the certification"))
    first_awarded_at = models.DateTimeField(_("first awarded"))
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"))
    score = models.DecimalField(_("score in percent"), max_digits=5, decimal_places=2, null=True, blank=True)
    holder_id = models.UUIDField(default=uuid.uuid4, editable=False)  # the person, in credentials
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    shows_name = models.BooleanField(_("name on the public page"), default=False)
    on_profile = models.BooleanField(_("on my profile"), default=False)
    state_at = models.DateTimeField(_("state since"), default=timezone.now)
    state_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    state_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "certification"], name="award_one_per_holder"),
            models.CheckConstraint(condition=models.Q(valid_until__gt=models.F("valid_from")), name="award_has_term"),
        ]
        indexes = [
            models.Index(fields=["certification", "state", "valid_until"], name="award_certification"),
            models.Index(fields=["state", "valid_until"], name="award_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.certification}: {self.user}"

    def get_absolute_url(self) -> str:
        return reverse("training:award_detail", args=[self.public_id])

    def standing(self, now: datetime) -> Standing:
        if self.state == AwardState.REVOKED:
            return Standing.REVOKED
        if self.state == AwardState.SUSPENDED:
            return Standing.SUSPENDED
        if now <= self.valid_until:
            return Standing.VALID
        return Standing.GRACE if now <= self.counts_to else Standing.EXPIRED

    @property
    def counts_to(self) -> datetime:
        """The last moment at which it opens doors: its end and the days of grace."""
        return self.valid_until + timedelta(days=self.certification.grace_days)

    @property
    def renews_from(self) -> datetime:
        """From then on a finished course counts for the next term: six months before the end, or half of a short term."""
        return self.valid_until - min(RENEWAL_WINDOW, timedelta(days=self.certification.validity_days) / 2)

    def may_renew(self, now: datetime) -> bool:
        return self.state == AwardState.HELD and now >= self.renews_from

    def last_day(self, user: User | None = None) -> date:
        """The last good day, as the holder's calendar has it."""
        return self.valid_until.astimezone((user or self.user).zone).date()


class Credential(models.Model):
    """A signed Open Badges 3.0 credential of one term of an award, kept as it was signed: old ones keep verifying.

    `status_index` is its place in the status list, drawn at random so that neighbours say nothing."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="credentials", verbose_name=_("award"))
    key_name = models.CharField(_("signed with the key"), max_length=40)
    status_index = models.PositiveIntegerField(_("place in the status list"), unique=True)
    jwt = models.TextField(_("VC-JWT"))
    linked = models.TextField(_("JSON with an embedded proof"))
    issued_at = models.DateTimeField(_("issued"))
    valid_until = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(status_index__lt=STATUS_SIZE), name="credential_index_in_list"),
        ]
        indexes = [
            models.Index(
                fields=["status_index"], condition=models.Q(revoked_at__isnull=False), name="credential_revoked"
            )
        ]

    def __str__(self) -> str:
        return str(self.award)
