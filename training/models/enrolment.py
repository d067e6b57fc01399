from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import User
from training.models.course import Course, CourseVersion
from training.states import EnrolmentSource


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def of(self, user: User) -> EnrolmentQuerySet:
        return self.filter(user=user)

    def unfinished(self) -> EnrolmentQuerySet:
        return self.filter(completed_at=None)


class Enrolment(models.Model):
    """One person's way through one course, on the version begun. Taking a course again is another enrolment; no attempt is
    ever deleted. `due_on` is the last good day in the learner's time zone."""

    user = models.ForeignKey("portal.User", models.PROTECT, related_name="enrolments", verbose_name=_("learner"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments", verbose_name=_("course"))
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="enrolments", verbose_name=_("version"))
    source = models.CharField(_("how"), max_length=9, choices=EnrolmentSource.choices, default=EnrolmentSource.SELF)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    assigned_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    enrolled_at = models.DateTimeField(_("enrolled"), default=timezone.now)
    extra_attempts = models.PositiveSmallIntegerField(_("extra attempts"), default=0)
    last_lesson = models.SlugField(_("last lesson"), max_length=80, blank=True)
    last_active_at = models.DateTimeField(_("last active"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course"], condition=models.Q(completed_at=None), name="enrolment_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["course", "completed_at"], name="enrolment_course"),
            models.Index(fields=["due_on"], condition=models.Q(completed_at=None), name="enrolment_due"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.course}"

    def get_absolute_url(self) -> str:
        return reverse("training:course_detail", args=[self.course.slug])


class LessonDone(models.Model):
    """The learner said “done” to a lesson that read like this."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="lessons_done", verbose_name=_("enrolment"))
    slug = models.SlugField(_("lesson"), max_length=80)
    digest = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now, db_default=Now())

    class Meta:
        verbose_name = _("lesson done")
        verbose_name_plural = _("lessons done")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "slug", "digest"], name="lesson_done_once")]

    def __str__(self) -> str:
        return self.slug


class ExerciseTry(models.Model):
    """One try at the hands-on task: the manifest that was sent, and what each policy said to it."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="exercise_tries")
    text = models.TextField(_("manifest"))
    results = models.JSONField(_("results"), default=list)
    passed = models.BooleanField(_("passed"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("try at a hands-on task")
        verbose_name_plural = _("tries at hands-on tasks")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.enrolment)
