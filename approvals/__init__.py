"""Requests for a decision, whatever the thing is: it sees subjects and never an app or a course. Imports `portal`."""
