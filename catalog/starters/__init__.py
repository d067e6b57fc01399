"""The templates the product ships with, as files."""
