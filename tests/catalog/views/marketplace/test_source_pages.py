"""The source page of an app: its files, its tokens, and edits that come back as a ZIP."""

from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from catalog.actions.marketplace import repositories, repository_tokens
from catalog.models import Repository, RepositoryToken
from catalog.states import AppState
from catalog.templating import zips
from tests.makers.marketplace import make_clone, make_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def clone(owner, second_owner):
    return make_clone(make_template(("1.0.0",)), owner=owner, state=AppState.ACTIVE, now=timezone.now())


def test_the_source_page_its_zip_and_a_token_shown_once(client, clone, owner, outsider):
    client.force_login(owner)
    page = client.get(f"/apps/{clone.app.slug}/source/?file=README.md").content.decode()
    assert "Open index.html." in page and f"/git/apps/{clone.app.slug}.git" in page
    zipped = client.get(f"/apps/{clone.app.slug}/source/zip/")
    assert zipped["Content-Type"] == "application/zip" and zipped.content[:2] == b"PK"
    made = client.post(f"/apps/{clone.app.slug}/source/tokens/", {"label": "Laptop", "scope": "write", "days": "90"})
    secret = made.content.decode().split("trl_")[1].split("<")[0]
    assert "trl_" + secret not in client.get(f"/apps/{clone.app.slug}/source/").content.decode()
    again = client.post(f"/apps/{clone.app.slug}/source/tokens/", {"label": "Laptop", "scope": "write", "days": "90"})
    assert again.status_code == 422 and "already. Revoke it first" in again.content.decode()
    row = RepositoryToken.objects.get()
    client.post(f"/apps/{clone.app.slug}/source/tokens/{row.pk}/revocation/")
    assert repository_tokens.standing("trl_" + secret, now=timezone.now()) is None
    client.force_login(outsider)
    assert client.get(f"/apps/{clone.app.slug}/source/").status_code == 403


def test_edits_come_back_as_a_zip_after_a_look(client, clone, owner, tmp_path):

    client.force_login(owner)
    zipped = client.get(f"/apps/{clone.app.slug}/source/zip/").content
    changed = BytesIO()
    with ZipFile(BytesIO(zipped)) as before, ZipFile(changed, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name) + (b"<p>mine</p>\n" if name.endswith("index.html") else b""))
    changed.seek(0)
    changed.name = "app.zip"
    looked = client.post(f"/apps/{clone.app.slug}/source/upload/", {"file": changed})
    assert "1 file is different" in looked.content.decode()
    assert "mine" not in repositories.files(Repository.objects.get(pk=clone.repository_id))["index.html"].text
    number = looked.context["commit"]
    client.post(f"/apps/{clone.app.slug}/source/upload/", {"commit": number})
    assert "mine" in repositories.files(Repository.objects.get(pk=clone.repository_id))["index.html"].text
    assert client.post(f"/apps/{clone.app.slug}/source/upload/", {"commit": "0" * 40}).status_code == 409


def test_a_file_that_is_no_zip_is_refused_in_a_sentence(client, clone, owner):

    client.force_login(owner)
    answer = client.post(f"/apps/{clone.app.slug}/source/upload/", {"file": SimpleUploadedFile("a.zip", b"PK no")})
    assert answer.status_code == 422 and "damaged" in answer.content.decode()


def test_what_was_executable_in_the_zip_stays_so():
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, mode in (("run.sh", 0o755), ("page.html", 0o644)):
            entry = ZipInfo(f"app/{name}")
            entry.external_attr = (0o100000 | mode) << 16
            archive.writestr(entry, "x")
        archive.writestr(ZipInfo("app/from-windows.txt"), "x")
    assert {path for path, file in zips.read(buffer.getvalue()).items() if file.executable} == {"run.sh"}
