"""What the catalog tells people: one file of registered wordings for each noun."""
