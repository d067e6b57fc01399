"""The states of a template's version as one table. Everything else derives from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    DEPRECATED = "deprecated", _("Deprecated")
    DISCARDED = "discarded", _("Discarded")


S = VersionState
TRANSITIONS: Transitions = {
    S.DRAFT: frozenset({S.CHECKED, S.DISCARDED}),
    S.CHECKED: frozenset({S.DRAFT, S.IN_REVIEW, S.DISCARDED}),  # a new check may find what the last one did not
    S.IN_REVIEW: frozenset({S.CHECKED, S.PUBLISHED}),
    S.PUBLISHED: frozenset({S.DEPRECATED}),
    S.DEPRECATED: frozenset(),
    S.DISCARDED: frozenset(),
}
