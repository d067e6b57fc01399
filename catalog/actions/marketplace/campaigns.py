"""Telling owners of new versions, and campaigns that ask them to upgrade by a day. Set by set, safe to repeat."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import AppTemplate, Campaign, Clone, TemplateVersion
from catalog.models.marketplace.clone import CloneQuerySet
from catalog.notifications import upgrades as told
from catalog.permissions_marketplace import denial_to_keep_template
from catalog.template_states import VersionState
from portal import audit
from portal.models import User
from portal.notifications import close_many, notify_many
from portal.permissions import allow
from portal.states import InvalidTransition

BATCH = 500
STEPS = ((7, "week"), (1, "day"), (-1, "late"))  # days left, and the name of the reminder


def tell_of_versions(*, now: datetime) -> int:
    """Owners of clones that are behind, once for each clone and newest version. How many clones were told of."""
    behind = Clone.objects.standing().filter(template__latest__rank__gt=F("version__rank"))
    untold = behind.exclude(told_of=F("template__latest"))
    done = 0
    found = with_names(untold).with_newer().select_related("template__latest").order_by("pk")
    while rows := list(found[:BATCH]):
        with transaction.atomic():
            notify_many(
                note
                for clone in rows
                for note in told.of_version(clone, clone.template.latest, clone.behind, clone.behind_security, now=now)  # type: ignore[arg-type, attr-defined]
            )
            for clone in rows:
                clone.told_of = clone.template.latest
            Clone.objects.bulk_update(rows, ["told_of"])
        done += len(rows)
    return done


def with_names(clones: CloneQuerySet) -> CloneQuerySet:
    return clones.select_related("app__owner", "app__second_owner", "template", "version")


def behind(campaign: Campaign) -> CloneQuerySet:
    """The clones that it still asks."""
    return Clone.objects.standing().filter(template=campaign.template_id, version__rank__lt=campaign.target.rank)


@transaction.atomic
def call(
    template: AppTemplate, *, target: TemplateVersion, reason: str, due_on: date, by: User, now: datetime
) -> Campaign:
    """Ask every owner of a clone that is behind. One campaign stands for a template at a time."""
    allow(denial_to_keep_template(by, template))
    if target.template_id != template.pk or target.state != VersionState.PUBLISHED:
        raise InvalidTransition(_("Choose a version that is in the marketplace."))
    if due_on < by.local_date(now):
        raise InvalidTransition(_("Choose a day that is not over."))
    campaign = Campaign(template=template, target=target, reason=reason, due_on=due_on, by=by, at=now)
    campaign.clones_at_start = behind(campaign).count()
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError:
        raise InvalidTransition(_("A campaign for this template is under way. End it first.")) from None
    remind(campaign, "call", now=now)
    facts = {"version": target.number, "due_on": due_on.isoformat(), "clones": campaign.clones_at_start}
    audit.record("catalog.campaign_called", template, by=by, now=now, reason=reason, facts=facts)
    return campaign


def remind(campaign: Campaign, step: str, *, now: datetime) -> None:
    rows = with_names(behind(campaign)).order_by("pk")
    notify_many(note for clone in rows.iterator(BATCH) for note in told.of_campaign(clone, campaign, step, now=now))


@transaction.atomic
def end(campaign: Campaign, *, by: User | None, now: datetime) -> Campaign:
    """By hand, or by itself when nobody is behind any more. Nobody is asked for it further."""
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("template", "target").get(pk=campaign.pk)
    if by is not None:
        allow(denial_to_keep_template(by, campaign.template))
    if campaign.ended_at is None:
        campaign.ended_at = now
        campaign.save(update_fields=["ended_at"])
        ids = Clone.objects.filter(template=campaign.template_id).values_list("pk", flat=True)
        close_many(Clone, ids, kinds=[told.CAMPAIGN], now=now)
        audit.record(
            "catalog.campaign_ended", campaign.template, by=by, now=now, facts={"left": behind(campaign).count()}
        )
    return campaign


def attend(*, now: datetime) -> None:
    """Once a day: end what is done, remind before the day and the day after, close what is asked of apps that are gone."""
    for campaign in Campaign.objects.filter(ended_at=None).select_related("template", "target").order_by("pk"):
        if not behind(campaign).exists():
            end(campaign, by=None, now=now)
            continue
        left = (campaign.due_on - now.date()).days
        reached = [name for days, name in STEPS if left <= days]
        if reached:
            remind(campaign, reached[-1], now=now)
    over = Clone.objects.filter(Q(app__state="archived") | Q(app__state="retired")).values_list("pk", flat=True)
    close_many(Clone, over, kinds=told.ASKS, now=now)


audit.register(
    catalog__campaign_called=audit.Verb(gettext_lazy("Upgrade campaign called"), "shield-alert", "info"),
    catalog__campaign_ended=audit.Verb(gettext_lazy("Upgrade campaign ended"), "circle-check"),
)
