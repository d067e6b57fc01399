"""Keeping the bill of materials of an app: the newest counts, those before stay for the record."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.actions.moves import lock
from catalog.models import MicroApp, Sbom
from catalog.permissions import denial_to_edit
from catalog.sbom import read
from portal import audit
from portal.models import User
from portal.permissions import allow


def upload(app: MicroApp, *, name: str, content: bytes, by: User, now: datetime) -> Sbom:
    """Read and keep a file; the same file again changes nothing. Raises BadSbom with nothing kept."""
    allow(denial_to_edit(by, app))
    document, digest = read(content), hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        app = lock(app)
        allow(denial_to_edit(by, app))
        current = app.sboms.filter(is_current=True).defer("components").first()
        if current is not None and current.digest == digest:
            return current
        app.sboms.filter(is_current=True).update(is_current=False)
        made = Sbom.objects.create(
            app=app,
            format=document.format,
            spec_version=document.spec_version,
            components=[one.as_json() for one in document.components],
            size=len(document.components),
            unread=document.unread[:100],
            file_name=name[:200],
            digest=digest,
            at=now,
            by=by,
        )
        facts = {"format": f"{made.format} {made.spec_version}", "components": made.size, "digest": digest}
        audit.record("catalog.sbom_uploaded", app, by=by, now=now, facts=facts)
    return made


audit.register(catalog__sbom_uploaded=audit.Verb(_("Bill of materials uploaded"), "layers"))
