"""What training shows on the home page."""

from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.panels import Panel, register
from training.models import Award, Certification, Enrolment, Recertification

SHOWN = 3


def my_learning(user: User) -> dict[str, Any] | None:
    """Where I stopped; with nothing begun, the first badge I do not hold."""
    rows = list(
        Enrolment.objects.of(user)
        .unfinished()
        .select_related("course__current", "version")
        .annotate(lessons=Count("version__lessons", distinct=True), done=Count("lessons_done__slug", distinct=True))
        .order_by("due_on", "-last_active_at", "pk")[:SHOWN]
    )
    if rows:
        return {"rows": rows, "next": None}
    held = Award.objects.filter(user=user).values("certification")
    next_one = Certification.objects.filter(is_open=True).exclude(pk__in=held).first()
    return {"rows": [], "next": next_one} if next_one else None


def my_changes(user: User) -> dict[str, Any] | None:
    """Short quizzes that a badge of mine waits for."""
    found = Recertification.objects.open().filter(award__user=user).select_related("award__certification")
    rows = list(found.order_by("due_at")[:SHOWN])
    return {"rows": rows, "now": timezone.now()} if rows else None


for panel in (
    Panel("learning", _("Learn"), "training/panels/learning.html", my_learning, "yours", order=30),
    Panel("recertification", _("Keep your badge"), "training/panels/changes.html", my_changes, "needs", order=25),
):
    register(panel)
