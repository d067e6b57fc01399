"""Policies from files: uploaded on the page, and by the command."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError

from approvals.models import Policy, PolicyVersion
from tests.approvals.views.test_policies import CASES, OLD_RULE, RULE, url

pytestmark = pytest.mark.django_db


def zipped(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return SimpleUploadedFile("bundle.zip", content.getvalue())


def test_a_bundle_becomes_drafts(client, staff):
    client.force_login(staff)
    files = {
        "hosts__hosts.rego": RULE,
        "hosts__data.yaml": "allowed: [api.example.org]",
        "hosts__cases.yaml": CASES,
        "old__old.rego": OLD_RULE,
        "hosts__README.md": "# Words",
    }
    response = client.post(url("policy_import_create"), {"file": zipped(**files)})
    page = response.content.decode()
    assert "New policy" in page
    assert "This looks like Rego of the time before version 1" in page
    assert "it is no part of a policy" in page
    version = PolicyVersion.objects.get()
    assert (version.policy.slug, version.state, version.tests_pass) == ("hosts", "draft", True)
    assert version.policy.active is None


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04broken"])
def test_what_is_no_bundle_is_said(client, staff, content):
    client.force_login(staff)
    response = client.post(url("policy_import_create"), {"file": SimpleUploadedFile("bundle.zip", content)})
    assert response.status_code == 422
    assert not Policy.objects.exists()


def test_the_command_imports_a_folder(tmp_path, staff, capsys):
    (tmp_path / "hosts").mkdir()
    (tmp_path / "hosts" / "hosts.rego").write_text(RULE)
    call_command("import_policies", tmp_path, by=staff.email)
    assert "hosts: new" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Nobody active"):
        call_command("import_policies", tmp_path, by="nobody@nowhere.example")
    with pytest.raises(CommandError, match="There is nothing"):
        call_command("import_policies", tmp_path / "none", by=staff.email)
