"""What a decision does to the things of the catalog. Registered with `approvals`, called inside the deciding transaction."""

from catalog.subjects import connectors, exercises, new_apps, policy_source, proposals, templates

__all__ = ["connectors", "exercises", "new_apps", "policy_source", "proposals", "templates"]
