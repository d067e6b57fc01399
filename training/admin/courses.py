from django.contrib import admin

from portal.admin.events import Kept
from training.models import Assignment, Course, CourseFile, CourseVersion, Lesson, Question


@admin.register(Course)
class CourseAdmin(Kept):
    list_display = ("slug", "current", "is_open")
    list_filter = ("is_open",)
    list_select_related = ("current",)
    search_fields = ("slug", "current__title")
    ordering = ("slug",)


@admin.register(CourseVersion)
class CourseVersionAdmin(Kept):
    list_display = ("title", "number", "state", "is_material", "published_by", "published_at")
    list_filter = ("state", "is_material")
    list_select_related = ("course", "published_by")
    search_fields = ("title", "course__slug")
    ordering = ("-id",)


@admin.register(CourseFile)
class CourseFileAdmin(Kept):
    list_display = ("path", "version")
    list_select_related = ("version",)
    search_fields = ("path", "version__title")
    exclude = ("content",)
    ordering = ("-id",)


@admin.register(Lesson)
class LessonAdmin(Kept):
    list_display = ("title", "version", "position", "minutes")
    list_select_related = ("version",)
    search_fields = ("title", "slug")
    ordering = ("-id",)


@admin.register(Question)
class QuestionAdmin(Kept):
    list_display = ("key", "version", "kind", "policy_slug")
    list_filter = ("kind",)
    list_select_related = ("version",)
    search_fields = ("key", "policy_slug", "version__title")
    ordering = ("-id",)


@admin.register(Assignment)
class AssignmentAdmin(Kept):
    list_display = ("course", "role", "business_unit", "days", "made_by", "made_at", "ended_at")
    list_select_related = ("course__current", "business_unit", "made_by")
    search_fields = ("course__slug", "reason")
    ordering = ("-id",)
