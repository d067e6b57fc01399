"""Addresses of training: to learn, badges and what their issuer publishes, office hours and news, and the staff's desk."""

from django.urls import path

from training.views import (
    allowances,
    announcements,
    assignments,
    attempts,
    awards,
    certifications,
    courses,
    desk,
    editing,
    exercises,
    keeping,
    lessons,
    office_hours,
    publishing,
    questions,
    quizzes,
    recertifications,
    verification,
)

app_name = "training"
learning = [
    path("courses/", courses.course_list, name="course_list"),
    path("courses/<slug:slug>/", courses.course_detail, name="course_detail"),
    path("courses/<slug:slug>/enrolment/", courses.enrolment_create, name="enrolment_create"),
    path("courses/<slug:slug>/lessons/<slug:lesson>/", lessons.lesson_detail, name="lesson_detail"),
    path("courses/<slug:slug>/lessons/<slug:lesson>/done/", lessons.lesson_done_create, name="lesson_done_create"),
    path("courses/<slug:slug>/files/<int:number>/<path:path>", courses.course_file, name="course_file"),
    path("courses/<slug:slug>/quiz/", quizzes.quiz_detail, name="quiz_detail"),
    path("courses/<slug:slug>/quiz/attempt/", attempts.attempt_create, name="attempt_create"),
    path("courses/<slug:slug>/exercise/", exercises.exercise_detail, name="exercise_detail"),
    path("attempts/<int:pk>/", attempts.attempt_detail, name="attempt_detail"),
    path("attempts/<int:pk>/answers/", attempts.answer_create, name="answer_create"),
    path("attempts/<int:pk>/submission/", attempts.submission_create, name="submission_create"),
    path("recertifications/<int:pk>/", recertifications.recertification_detail, name="recertification_detail"),
    path(
        "recertifications/<int:pk>/attempt/",
        recertifications.recertification_attempt_create,
        name="recertification_attempt_create",
    ),
]
issuing = [
    path("badges/issuer/", publishing.issuer_detail, name="issuer_detail"),
    path("badges/status/", publishing.status_list_detail, name="status_list_detail"),
    path("badges/keys/<slug:name>/", publishing.key_detail, name="key_detail"),
    path("badges/achievements/<slug:slug>/<int:number>/", publishing.achievement_detail, name="achievement_detail"),
    path("badges/pictures/<slug:slug>.svg", publishing.picture_detail, name="picture_detail"),
    path(".well-known/did.json", publishing.did_document, name="did_document"),
    path("verify/<uuid:number>/", verification.verification_detail, name="verification_detail"),
]
badges = [
    path("badges/", certifications.certification_list, name="certification_list"),
    path("badges/held/<uuid:number>/", awards.award_detail, name="award_detail"),
    path("badges/held/<uuid:number>/sharing/", awards.award_sharing_create, name="award_sharing_create"),
    path("badges/held/<uuid:number>/move/", awards.award_move_create, name="award_move_create"),
    path("badges/held/<uuid:number>/certificate/", awards.certificate_download, name="certificate_download"),
    path("badges/held/<uuid:number>/download/<slug:form>/", awards.credential_download, name="credential_download"),
    path("badges/<slug:slug>/", certifications.certification_detail, name="certification_detail"),
]
people = [
    path("office-hours/", office_hours.office_hour_list, name="office_hour_list"),
    path("office-hours/new/", office_hours.office_hour_create, name="office_hour_create"),
    path("office-hours/feed/<str:token>/", office_hours.calendar_feed_detail, name="calendar_feed"),
    path("office-hours/<int:pk>/", office_hours.office_hour_detail, name="office_hour_detail"),
    path("office-hours/<int:pk>/calendar/", office_hours.office_hour_file, name="office_hour_file"),
    path("office-hours/<int:pk>/booking/", office_hours.booking_create, name="booking_create"),
    path(
        "office-hours/<int:pk>/booking/cancellation/", office_hours.booking_cancel_create, name="booking_cancel_create"
    ),
    path(
        "office-hours/<int:pk>/cancellation/", office_hours.office_hour_cancel_create, name="office_hour_cancel_create"
    ),
    path("news/", announcements.announcement_list, name="announcement_list"),
    path("news/new/", announcements.announcement_create, name="announcement_create"),
    path("news/<int:pk>/", announcements.announcement_detail, name="announcement_detail"),
    path("news/<int:pk>/acknowledgement/", announcements.acknowledgement_create, name="acknowledgement_create"),
]
console = [
    path("console/courses/", desk.course_desk, name="course_desk"),
    path("console/courses/new/", desk.course_import_create, name="course_import_create"),
    path("console/courses/starter/", desk.course_starter_create, name="course_starter_create"),
    path("console/courses/<slug:slug>/", desk.course_desk_detail, name="course_desk_detail"),
    path("console/courses/<slug:slug>/publication/", desk.publication_create, name="publication_create"),
    path("console/courses/<slug:slug>/discard/", desk.draft_discard_create, name="draft_discard_create"),
    path("console/courses/<slug:slug>/opening/", desk.course_opening_create, name="course_opening_create"),
    path("console/courses/<slug:slug>/export/<int:number>/", desk.course_export, name="course_export"),
    path("console/courses/<slug:slug>/assignment/", assignments.assignment_create, name="assignment_create"),
    path("console/courses/<slug:slug>/questions/", questions.question_list, name="question_list"),
    path("console/courses/<slug:slug>/questions/gift/", questions.gift_export, name="gift_export"),
    path("console/courses/<slug:slug>/preview/<slug:lesson>/", editing.lesson_preview, name="lesson_preview"),
    path("console/courses/<slug:slug>/files/", editing.course_file_create, name="course_file_create"),
    path("console/courses/<slug:slug>/edit/<path:path>/", editing.course_file_edit, name="course_file_edit"),
    path(
        "console/courses/<slug:slug>/remove/<path:path>/",
        editing.course_file_removal_create,
        name="course_file_removal_create",
    ),
    path("console/assignments/<int:pk>/end/", assignments.assignment_end_create, name="assignment_end_create"),
    path("console/enrolments/<int:pk>/attempt/", desk.another_attempt_create, name="another_attempt_create"),
    path("console/allowances/", allowances.allowance_list, name="allowance_list"),
    path("console/allowances/<int:pk>/removal/", allowances.allowance_removal_create, name="allowance_removal_create"),
    path("console/certifications/", keeping.certification_report, name="certification_report"),
    path("console/certifications/export/", keeping.award_export, name="award_export"),
    path("console/certifications/new/", keeping.certification_create, name="certification_create"),
    path("console/certifications/<slug:slug>/", keeping.certification_edit, name="certification_edit"),
]
urlpatterns = learning + issuing + badges + people + console
