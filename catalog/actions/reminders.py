"""One person asks an owner to look at an app. The reminders of the term itself are the sweeps' work."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.actions.moves import lock
from catalog.closings import FLAG_ASKS, TERM_ASKS
from catalog.models import MicroApp
from catalog.permissions import denial_to_care
from portal import audit
from portal.models import Notification, User
from portal.notifications import notify
from portal.permissions import allow
from portal.states import InvalidTransition


@transaction.atomic
def remind(app: MicroApp, *, by: User, now: datetime) -> MicroApp:
    """Ask the owner, unless the same is asked and open already."""
    app = lock(app)
    allow(denial_to_care(by, app))
    words = {"app": app.name, "owner": app.owner, "state": app.get_state_display().lower()}
    if not app.is_live or app.expires_on is None:
        raise InvalidTransition(gettext("%(app)s is %(state)s: there is nothing to remind of.") % words)
    if app.owner_id == by.pk:
        raise InvalidTransition(gettext("You are the owner of %(app)s. Answer it instead.") % words)
    open_asks = Notification.objects.filter(
        user=app.owner,
        about_kind=audit.kind_of(app),
        about_id=app.pk,
        kind__in=(*TERM_ASKS, *FLAG_ASKS),
        closed_at=None,
    )
    if open_asks.exists():
        raise InvalidTransition(gettext("%(owner)s is asked about %(app)s already, and has not answered yet.") % words)
    notify(
        app.owner,
        "app_reminder",
        key=f"app_reminder:{app.pk}:{now.isoformat()}",
        url=app.get_absolute_url(),
        params={"app": app.name, "person": str(by), "on": app.expires_on.isoformat()},
        asks=True,
        thing=app,
        now=now,
    )
    audit.record("catalog.app_reminded", app, by=by, now=now, facts={"to": str(app.owner)})
    return app


audit.register(catalog__app_reminded=audit.Verb(_("Owner reminded"), "bell"))
