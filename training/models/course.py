from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.states import VersionState


class Level(models.IntegerChoices):
    FOUNDATIONS = 1, _("Foundations")
    BUILDER = 2, _("Builder")
    STEWARD = 3, _("Steward")


class CourseQuerySet(models.QuerySet["Course"]):
    def open(self) -> CourseQuerySet:
        """Those a learner can begin."""
        return self.filter(is_open=True, current__isnull=False)


class Course(models.Model):
    """Something to learn, under one address for good; what it says is in its versions."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    current = models.ForeignKey(
        "training.CourseVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("version")
    )
    is_open = models.BooleanField(_("open to learners"), default=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.current.title if self.current else self.slug

    def get_absolute_url(self) -> str:
        return reverse("training:course_detail", args=[self.slug])


class CourseVersion(models.Model):
    """What a course said at one time. A published version never changes; `is_material` says that those who are learning
    move to it, and that holders of its certification are asked what is new.

    `quiz` holds the rules of the quiz and `exercise` the hands-on task, both as the course's files state them."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="versions", verbose_name=_("course"))
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=9, choices=VersionState.choices, default=VersionState.DRAFT)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=200)
    path = models.CharField(_("path"), max_length=80, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.FOUNDATIONS)
    body = models.TextField(_("what you will be able to do"), blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), default=0)
    prerequisites = models.JSONField(_("courses before it"), default=list, blank=True)
    policies = models.JSONField(_("policies it teaches"), default=list, blank=True)
    quiz = models.JSONField(_("quiz"), null=True, blank=True)
    exercise = models.JSONField(_("hands-on task"), null=True, blank=True)
    is_material = models.BooleanField(_("a material change"), default=False)
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    made_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    published_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a course")
        verbose_name_plural = _("versions of courses")
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="course_version_once"),
            models.UniqueConstraint(fields=["course"], condition=models.Q(state="draft"), name="course_one_draft"),
            models.CheckConstraint(
                condition=models.Q(state="draft", published_at=None)
                | models.Q(state="published", published_at__isnull=False),
                name="course_version_published_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CourseFile(models.Model):
    """One file of a version, byte for byte, so that what is exported is what was imported."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="files", verbose_name=_("version"))
    path = models.CharField(_("path"), max_length=200)
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("file of a course")
        verbose_name_plural = _("files of courses")
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["version", "path"], name="course_file_once")]

    def __str__(self) -> str:
        return self.path
