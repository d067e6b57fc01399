"""What people find of approvals: requests they may see, and policies."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest, Policy
from approvals.registry import subject_for
from portal.models import User
from portal.search import Group, Hit, register


def requests(user: User, words: str, limit: int) -> list[Hit]:
    """Open ones only: what is over is found by the thing it was about."""
    found = ApprovalRequest.objects.visible_to(user).open().filter(title__icontains=words).order_by("due_at", "pk")
    return [Hit(one.title, one.get_absolute_url(), "inbox", str(subject_for(one.kind).label)) for one in found[:limit]]


def policies(user: User, words: str, limit: int) -> list[Hit]:
    found = Policy.objects.filter(Q(title__icontains=words) | Q(summary__icontains=words)).order_by("title")
    return [Hit(one.title, one.get_absolute_url(), "shield-check", one.get_mode_display()) for one in found[:limit]]


register(Group("requests", _("Requests"), requests, order=35))
register(Group("policies", _("Policies"), policies, order=45))
