"""A course as files: Markdown with front matter, a bank of questions, pictures. Read, checked, packed; no database."""
