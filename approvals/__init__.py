"""Requests for a decision, whatever the thing is. It sees subjects and never a micro app or a course; imports `portal`."""
