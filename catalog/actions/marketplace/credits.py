"""Credit for who wrote what others reuse: once for each app, when it goes live, never for one's own."""

from datetime import datetime

from catalog.models import Clone, ConnectorUse, MicroApp, ReuseCredit
from catalog.models.marketplace.reuse_credit import CreditKind


def give(app: MicroApp, *, now: datetime) -> None:
    """To the author of its template, and to those who proposed the connectors it uses. Safe to repeat."""
    own = {app.owner_id, app.second_owner_id, app.created_by_id}
    made = []
    clone = Clone.objects.filter(app=app).select_related("template").first()
    if clone is not None and clone.template.author_id not in own:
        made.append(
            ReuseCredit(
                kind=CreditKind.TEMPLATE, author_id=clone.template.author_id, template=clone.template, app=app, at=now
            )
        )
    uses = ConnectorUse.objects.filter(app=app, connector__proposed_by__isnull=False).select_related(
        "connector__proposed_by"
    )
    made += [
        ReuseCredit(
            kind=CreditKind.CONNECTOR, author=use.connector.proposed_by, connector=use.connector, app=app, at=now
        )
        for use in uses
        if use.connector.proposed_by_id not in own
    ]
    ReuseCredit.objects.bulk_create(made, ignore_conflicts=True)
