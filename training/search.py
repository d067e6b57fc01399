"""What people find of training: courses and badges."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.search import Group, Hit, register
from training.models import Course


def courses(user: User, words: str, limit: int) -> list[Hit]:
    named = Q(current__title__icontains=words) | Q(current__summary__icontains=words)
    named |= Q(certifications__title__icontains=words)
    found = Course.objects.open().filter(named).select_related("current").order_by("current__level", "slug").distinct()
    return [Hit(str(one), one.get_absolute_url(), "book-open", "") for one in found[:limit]]


register(Group("courses", _("Courses"), courses, order=30))
