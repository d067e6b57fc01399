"""Every model of ours is registered, its list and its first record open, and what happened cannot be changed there."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from tests.world import make_world

OURS = [model for model in apps.get_models() if model._meta.app_label in ("portal", "approvals", "catalog", "training")]
FOR_GOOD = {"auditevent", "auditblock", "decision", "renewal", "archive", "sweeprun", "sweepitem"}


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_every_model_is_registered_with_search(model) -> None:
    assert admin.site.is_registered(model)
    assert admin.site._registry[model].search_fields


@pytest.mark.django_db
def test_every_list_and_record_opens(client, admin, owner, second_owner, staff, outsider) -> None:
    make_world(owner, second_owner, staff, outsider)
    client.force_login(admin)
    for model in OURS:
        assert client.get(address(model, "changelist"), {"q": "a"}).status_code == 200, model
        assert client.get(address(model, "changelist")).status_code == 200, model
        if (row := model._base_manager.first()) is not None:
            assert client.get(address(model, "change", row.pk)).status_code == 200, model


@pytest.mark.django_db
def test_what_happened_is_not_changed_there(client, admin, owner, second_owner, staff, outsider) -> None:
    make_world(owner, second_owner, staff, outsider)
    client.force_login(admin)
    for model in OURS:
        if model._meta.model_name in FOR_GOOD and (row := model._base_manager.first()) is not None:
            assert client.post(address(model, "change", row.pk), {}).status_code == 403, model
            assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403, model
            assert client.get(address(model, "add")).status_code == 403, model
