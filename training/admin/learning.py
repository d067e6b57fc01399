from django.contrib import admin

from portal.admin.events import Kept
from training.models import Attempt, AttemptItem, Enrolment, ExerciseTry, LessonDone, TimeAllowance


@admin.register(Enrolment)
class EnrolmentAdmin(Kept):
    list_display = ("user", "course", "version", "source", "due_on", "enrolled_at", "completed_at")
    list_filter = ("source",)
    list_select_related = ("user", "course__current", "version")
    search_fields = ("user__name", "user__email", "course__slug")
    ordering = ("-id",)


@admin.register(LessonDone)
class LessonDoneAdmin(Kept):
    list_display = ("slug", "enrolment", "at")
    list_select_related = ("enrolment__user", "enrolment__course__current")
    search_fields = ("slug", "enrolment__user__name")
    ordering = ("-id",)


@admin.register(ExerciseTry)
class ExerciseTryAdmin(Kept):
    list_display = ("enrolment", "passed", "at")
    list_filter = ("passed",)
    list_select_related = ("enrolment__user", "enrolment__course__current")
    search_fields = ("enrolment__user__name",)
    ordering = ("-id",)


@admin.register(Attempt)
class AttemptAdmin(Kept):
    list_display = ("user", "number", "started_at", "submitted_at", "score", "passed")
    list_filter = ("passed",)
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")
    ordering = ("-id",)


@admin.register(AttemptItem)
class AttemptItemAdmin(Kept):
    list_display = ("question", "attempt", "position", "answered_at", "score")
    list_select_related = ("question", "attempt__user")
    search_fields = ("question__key", "attempt__user__name")
    ordering = ("-id",)


@admin.register(TimeAllowance)
class TimeAllowanceAdmin(Kept):
    list_display = ("user", "percent", "granted_by", "granted_at")
    list_select_related = ("user", "granted_by")
    search_fields = ("user__name", "user__email")
    ordering = ("-id",)
