"""The page of a version: who sees it, what it shows, and every act in every state by every person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from approvals.models import ApprovalRequest
from catalog.actions.marketplace import publications, templates
from catalog.models import AppTemplate, TemplateVersion
from catalog.template_states import VersionState as S
from catalog.templating import zips
from portal import jobs
from portal.models import Job
from tests.makers.catalog import NOW
from tests.makers.marketplace import bring, check, keeper, make_clone, make_template, make_tree, publish
from tests.makers.training import make_award

pytestmark = pytest.mark.django_db
REASON = {"reason": "It leaks.", "tests_waived": "They ran elsewhere."}
ACTS = {
    "template_check_create": {S.DRAFT: S.DRAFT, S.CHECKED: S.CHECKED},  # the job does it
    "template_submission_create": {S.CHECKED: S.IN_REVIEW},
    "template_withdrawal_create": {S.IN_REVIEW: S.CHECKED},
    "template_version_discard_create": {S.DRAFT: S.DISCARDED, S.CHECKED: S.DISCARDED},
    "template_version_deprecation_create": {S.PUBLISHED: S.DEPRECATED},
}


def address(name, version):
    return reverse(f"catalog:{name}", args=[version.template.slug, version.number])


def in_state(state):
    version = bring()
    if state == S.DISCARDED:
        return templates.discard_version(version, by=keeper(), now=NOW)
    if state in (S.CHECKED, S.IN_REVIEW):
        version = check(version)
    if state == S.IN_REVIEW:
        publications.submit(version, by=keeper(), now=NOW, tests_waived="They ran elsewhere.")
    if state in (S.PUBLISHED, S.DEPRECATED):
        version = publish(version)
    if state == S.DEPRECATED:
        version = templates.deprecate_version(version, reason="It leaks.", by=keeper(), now=NOW)
    return TemplateVersion.objects.select_related("template").get(pk=version.pk)


@pytest.mark.parametrize("state", list(S))
def test_every_act_in_every_state_by_everybody(client, owner, staff, outsider, reviewer, board_member, state):
    """Who keeps it without being staff, and staff, may; the others never; in the wrong state nothing happens."""
    version = in_state(state)
    AppTemplate.objects.filter(pk=version.template_id).update(owner=owner)
    make_award(owner, ago=90, slug="template-building", level=2, title="Template building")
    is_open = state in (S.PUBLISHED, S.DEPRECATED)
    reads_requests = state in (S.IN_REVIEW,) or is_open
    people = {owner: True, staff: True, outsider: is_open, reviewer: reads_requests, board_member: reads_requests}
    for person, sees in people.items():
        client.force_login(person)
        sees = sees and state != S.DISCARDED
        may = person in (owner, staff)
        assert client.get(address("template_version_detail", version)).status_code == (200 if sees else 404)
        for act, leads in ACTS.items():
            with transaction.atomic():
                answer = client.post(address(act, version), REASON)
                wanted = 404 if not sees else 403 if not may else 303 if state in leads else 409
                assert answer.status_code == wanted, (person, act)
                version.refresh_from_db()
                assert version.state == (leads.get(state, state) if may else state), (person, act)
                if act != "template_version_deprecation_create":
                    assert client.get(address(act, version)).status_code == 405
                transaction.set_rollback(True)
            version.refresh_from_db()


class TestThePage:
    def test_problems_stand_with_file_and_line(self, client):
        version = check(bring(files={"template/x.txt.jinja": "first\n{{ '~'|expanduser }}\n"}))
        client.force_login(keeper())
        page = client.get(version.get_absolute_url()).content.decode()
        assert "template/x.txt.jinja:2" in page and "looks at the server" in page and "Send for review" not in page

    def test_what_came_out_stands_with_its_tests_and_policies(self, client):
        version = check(bring())
        client.force_login(keeper())
        page = client.get(version.get_absolute_url()).content.decode()
        assert "Defaults" in page and "A store" in page and "src/days.mjs" in page and "Tests passed" in page

    def test_the_card_shows_this_version_and_not_the_one_in_the_marketplace(self, client):
        template = make_template(("1.0.0",))
        version = check(bring("1.1.0", template=template, name="Leave, second try", badge="builder", days_to_live=9))
        client.force_login(keeper())
        card = client.get(version.get_absolute_url()).context["template"]
        assert (card.name, card.badge_level, card.usual_days) == ("Leave, second try", 2, 9)
        template.refresh_from_db()
        assert template.name == "Leave approval"

    def test_as_a_page_and_as_its_form(self, client, django_assert_max_num_queries):
        version = check(bring())
        client.force_login(keeper())
        assert "Staff ask for leave" in client.get(f"{version.get_absolute_url()}?tab=page").content.decode()
        page = client.get(f"{version.get_absolute_url()}?tab=questions").content.decode()
        assert "How many people decide?" in page and "Asked only when <code>{{ steps == 2 }}</code>" in page
        assert page.count(" disabled") >= 4 and 'value="Leave requests"' in page

    def test_files_are_shown_as_text_and_never_run(self, client):
        version = bring(files={"template/<b>.html": "<script>alert(1)</script>", "template/pic.bin": "\x00"})
        client.force_login(keeper())
        url = version.get_absolute_url()
        page = client.get(url, {"tab": "files", "file": "template/<b>.html"}).content.decode()
        assert (
            "&lt;script&gt;alert(1)&lt;/script&gt;" in page
            and "<script>alert" not in page
            and "template/&lt;b&gt;" in page
        )
        assert "not text" in client.get(url, {"tab": "files", "file": "template/pic.bin"}).content.decode()
        for name in ("../../etc/passwd", "none", ""):
            assert client.get(url, {"tab": "files", "file": name}).context["file"] == ""

    def test_the_difference_to_the_version_in_use(self, client):
        template = make_template(("1.0.0",), files={"template/q.sql": "-- a comment\n++ and another\n"})
        bring("1.1.0", template=template, files={"template/other.md": "Never published\n"})
        version = bring("1.2.0", template=template, files={"template/NEWS.md": "New\n"})
        client.force_login(keeper())
        page = client.get(f"{version.get_absolute_url()}?tab=changes")
        assert page.context["before"] == template.latest and "Never published" not in page.content.decode()
        assert (
            "added:" in page.content.decode()
            and '<span class="vh">removed: </span>-- a comment' in page.content.decode()
        )
        only = bring(name="Other")
        assert "the first version" in client.get(f"{only.get_absolute_url()}?tab=changes").content.decode()

    def test_a_draft_s_pictures_are_as_hidden_as_the_draft(self, client, outsider, reviewer):
        draft = bring("1.1.0", template=make_template(("1.0.0",)))
        picture = reverse("catalog:template_picture_detail", args=[draft.template.slug, "1.1.0", 0])
        for person, status in ((outsider, 404), (keeper(), 200)):
            client.force_login(person)
            assert client.get(picture).status_code == status

    @pytest.mark.parametrize("tab", ["", "page", "questions", "files", "changes", "nonsense"])
    def test_every_part_is_cheap(self, client, tab, django_assert_max_num_queries):
        version = check(bring())
        client.force_login(keeper())
        client.get(version.get_absolute_url())
        with django_assert_max_num_queries(16):
            assert client.get(f"{version.get_absolute_url()}?tab={tab}").status_code == 200


class TestActs:
    def test_without_its_tests_it_asks_why(self, client):
        version = check(bring(without=("template/tests/days.test.mjs",)))
        client.force_login(keeper())
        assert "Where did its tests run" in client.get(version.get_absolute_url()).content.decode()
        url = address("template_submission_create", version)
        answer = client.post(url, {"tests_waived": " "})
        assert answer.status_code == 422 and "error-summary" in answer.content.decode()
        assert client.post(url, {"tests_waived": "In our own pipeline."}).status_code == 303
        assert client.post(url, {"tests_waived": "In our own pipeline."}).status_code == 409
        version.refresh_from_db()
        assert version.tests_waived == "In our own pipeline." and ApprovalRequest.objects.count() == 1

    def test_a_missing_badge_is_named_with_the_way_to_it(self, client, staff):
        version = check(bring())
        AppTemplate.objects.filter(pk=version.template_id).update(owner=staff)
        client.force_login(staff)
        answer = client.post(address("template_submission_create", version), REASON)
        page = answer.content.decode()
        assert answer.status_code == 409 and "Ana Kovac does not hold it" in page
        assert '<a href="/badges/template-keeping/">See how to earn it</a>' in page and "office hour" in page

    def test_check_again_is_a_job(self, client):
        version = check(bring())
        client.force_login(keeper())
        before = Job.objects.count()
        assert client.post(address("template_check_create", version)).status_code == 303
        job = Job.objects.latest("pk")
        assert Job.objects.count() == before + 1 and jobs.run(job.pk, now=timezone.now())
        job.refresh_from_db()
        assert (job.state, job.result, job.result_url) == ("done", {"problems": 0}, version.get_absolute_url())

    def test_taking_a_version_out_says_who_stands_on_it(self, client, owner, second_owner):
        template = make_template()
        make_clone(template, owner=owner, number="1.0.0")
        client.force_login(keeper())
        version = template.versions.get(number="1.0.0")
        url = address("template_version_deprecation_create", version)
        assert "1 app stands on it." in client.get(url).content.decode()
        assert client.post(url, {"reason": " "}).status_code == 422


def test_from_a_zip_to_the_marketplace_on_pages(client, owner, reviewer):
    """Brought, checked, sent, decided by somebody else on the request's page, and found by everybody."""
    client.force_login(keeper())
    upload = SimpleUploadedFile("leave.zip", zips.write(make_tree(), "leave"))
    answer = client.post(reverse("catalog:template_create"), {"way": "zip", "number": "1.0.0", "file": upload})
    version = TemplateVersion.objects.get()
    assert answer.url == version.get_absolute_url()
    assert jobs.run(Job.objects.get(name="catalog.check_template_version").pk, now=timezone.now())
    assert client.post(address("template_submission_create", version), REASON).status_code == 303
    request = ApprovalRequest.objects.get()
    client.force_login(reviewer)
    page = client.get(request.get_absolute_url()).content.decode()
    assert version.get_absolute_url() in page and "Publish Leave approval 1.0.0 in the marketplace?" in page
    client.post(
        reverse("approvals:decision_create", args=[request.pk]), {"outcome": "approved", "revision": 1, "stage": 1}
    )
    version.refresh_from_db()
    assert version.state == S.PUBLISHED
    client.force_login(owner)
    assert "Leave approval" in client.get("/templates/").content.decode()
