import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from approvals.actions import starters
from approvals.actions.checks import check_things
from approvals.models import Policy, PolicyStanding
from approvals.models.policy_check import Cause
from catalog.actions.submissions import SOURCE
from catalog.models import Sbom
from tests.makers.catalog import NOW, make_app

pytestmark = pytest.mark.django_db


def bill(*parts):
    components = [{"name": name, "version": version, "purl": f"pkg:npm/{name}@{version}"} for name, version in parts]
    content = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components}
    return json.dumps(content).encode()


@pytest.fixture
def app(owner, second_owner):
    return make_app(owner=owner, second_owner=second_owner)


def post(client, app, content):
    url = reverse("catalog:sbom_create", args=[app.slug])
    return client.post(url, {"file": SimpleUploadedFile("bom.json", content)})


def test_the_newest_counts_and_the_same_again_changes_nothing(client, app, owner):
    client.force_login(owner)
    first, second = bill(("lodash", "4.17.20")), bill(("lodash", "4.17.21"), ("react", "19.0.0"))
    for content in (first, first, second):
        assert post(client, app, content).status_code == 303
    assert list(Sbom.objects.order_by("id").values_list("size", "is_current")) == [(1, False), (2, True)]
    page = client.get(reverse("catalog:sbom_create", args=[app.slug]), {"q": "rea"}).content.decode()
    assert "react" in page
    assert "4.17.21" not in page
    exported = client.get(reverse("catalog:sbom_export", args=[app.slug])).json()
    assert [part["name"] for part in exported["components"]] == ["lodash", "react"]


@pytest.mark.parametrize("content", [b"", b"{}", b"<bom/>"])
def test_what_is_none_is_said_and_not_kept(client, app, owner, content):
    client.force_login(owner)
    assert post(client, app, content).status_code == 422
    assert not Sbom.objects.exists()


def test_others_read_it_and_do_not_replace_it(client, app, owner, outsider):
    client.force_login(outsider)
    assert client.get(reverse("catalog:sbom_create", args=[app.slug])).status_code == 200
    assert post(client, app, bill(("a", "1"))).status_code == 403


def test_the_shipped_policies_see_packages_tags_and_a_missing_bill(client, owner, second_owner):
    starters.load(now=NOW)
    app = make_app(owner=owner, second_owner=second_owner, audience_size=600, data_classification="personal")
    assert Policy.objects.count() == 6

    def denials():
        check_things(SOURCE, [app.pk], policies=list(Policy.objects.in_force()), cause=Cause.NIGHTLY, now=NOW)
        failing = PolicyStanding.objects.exclude(result="pass")
        return {row.policy.slug: row.reasons for row in failing.select_related("policy")}

    assert set(denials()) == {"sbom-required", "cost-centre-and-tags"}
    client.force_login(owner)
    post(client, app, bill(("lodash", "4.17.20"), ("event-stream", "3.3.6")))
    app.tags = {"env": "production", "data-owner": "Ana"}
    app.save(update_fields=["tags"])
    found = denials()
    assert set(found) == {"blocked-packages"}
    assert len(found["blocked-packages"]) == 2
