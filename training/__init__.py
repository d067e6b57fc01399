"""Courses, quizzes, certification and badges. It never sees a micro app; it may import `approvals` and `portal`."""
