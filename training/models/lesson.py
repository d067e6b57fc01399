from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from training.models.course import CourseVersion
from training.questions.item import ItemKind


class Lesson(models.Model):
    """A lesson of one version. `digest` is of its text: a lesson that reads the same in a later version stays done."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="lessons", verbose_name=_("version"))
    position = models.PositiveSmallIntegerField(_("place"))
    slug = models.SlugField(_("address"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    body = models.TextField(_("text"))
    video = models.JSONField(_("video"), null=True, blank=True)
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="lesson_place_once"),
            models.UniqueConstraint(fields=["version", "slug"], name="lesson_slug_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """A question of one version's bank, as data (`training.questions.codec`). The same question in a later version has the
    same key; with other words it has another `digest`, and its statistics stand apart."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="questions", verbose_name=_("version"))
    position = models.PositiveSmallIntegerField(_("place"))
    key = models.SlugField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=ItemKind.choices)
    tags = models.JSONField(_("tags"), default=list)
    content: Any = models.JSONField(_("content"))
    policy_slug = models.SlugField(_("bound to the policy"), max_length=60, blank=True)
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="question_key_once"),
            models.UniqueConstraint(fields=["version", "position"], name="question_place_once"),
        ]
        indexes = [
            models.Index(fields=["policy_slug"], condition=~models.Q(policy_slug=""), name="question_policy"),
        ]

    def __str__(self) -> str:
        return self.key
