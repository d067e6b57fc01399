"""Records of training: to look up, never to repair."""

from training.admin import badges, courses, learning, people

__all__ = ["badges", "courses", "learning", "people"]
