from training.models.announcement import Acknowledgement, Announcement
from training.models.assignment import Assignment
from training.models.attempt import Attempt, AttemptItem, TimeAllowance
from training.models.award import Award, Credential
from training.models.certification import Certification
from training.models.course import Course, CourseFile, CourseVersion
from training.models.enrolment import Enrolment, ExerciseTry, LessonDone
from training.models.gate import GateDecision
from training.models.lesson import Lesson, Question
from training.models.office_hour import Booking, OfficeHour
from training.models.public_key import PublicKey
from training.models.recertification import Recertification

__all__ = [
    "Acknowledgement",
    "Announcement",
    "Assignment",
    "Attempt",
    "AttemptItem",
    "Award",
    "Booking",
    "Certification",
    "Course",
    "CourseFile",
    "CourseVersion",
    "Credential",
    "Enrolment",
    "ExerciseTry",
    "GateDecision",
    "Lesson",
    "LessonDone",
    "OfficeHour",
    "PublicKey",
    "Question",
    "Recertification",
    "TimeAllowance",
]
