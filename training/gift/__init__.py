"""GIFT, Moodle's text format for questions: read and written, with nothing dropped unsaid."""
