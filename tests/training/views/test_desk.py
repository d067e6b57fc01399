"""Staff keep courses by their pages: bring, edit, preview, publish, assign, look at the questions, keep badges."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.makers.portal import make_person
from tests.makers.training import answers_of, course_files, finish, make_certification, make_course
from training.actions import attempts, enrolments
from training.courses import archives
from training.models import Certification, Course, CourseVersion, Enrolment, TimeAllowance
from training.statistics import analyse, correlation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_zip_is_brought_looked_at_published_and_taken_out_again(desk):
    content = archives.pack(course_files())
    went = desk.post("/console/courses/new/", {"slug": "basics", "file": upload("c.zip", content)}, follow=True)
    assert "Draft of version 1" in went.content.decode()
    assert "Some" in desk.get("/console/courses/basics/preview/01-first/").content.decode()
    desk.post("/console/courses/basics/publication/", {"note": "First."})
    assert Course.objects.get().current.number == 1
    out = desk.get("/console/courses/basics/export/1/")
    assert archives.unpack(out.content) == course_files()
    again = desk.post("/console/courses/new/", {"slug": "basics", "file": upload("c.zip", content)}, follow=True)
    assert "Nothing has changed" in again.content.decode()


def test_every_problem_of_a_zip_is_said_at_once(desk):
    bad = archives.pack(course_files() | {"lessons/01-first.md": b"x", "run.sh": b"x"})
    page = desk.post("/console/courses/new/", {"slug": "basics", "file": upload("c.zip", bad)})
    text = page.content.decode()
    assert page.status_code == 422 and "lessons/01-first.md" in text and "run.sh" in text
    page = desk.post("/console/courses/new/", {"slug": "new", "file": upload("c.zip", b"no")})
    assert page.status_code == 422 and not Course.objects.exists()


def test_a_lesson_is_edited_with_a_preview_and_what_is_wrong_keeps_the_typed_text(desk):
    make_course()
    path = "/console/courses/basics/edit/lessons/01-first.md/"
    text = "---\ntitle: First\nminutes: 5\n---\n\nA **better** text <script>x</script>.\n"
    shown = desk.post(path, {"text": text, "preview": "1"}).content.decode()
    assert "<strong>better</strong>" in shown and "<script>x" not in shown and CourseVersion.objects.count() == 1
    refused = desk.post(path, {"text": "no fields, but typed"})
    assert refused.status_code == 422 and "no fields, but typed" in refused.content.decode()
    desk.post(path, {"text": text.replace("\n", "\r\n")})
    draft = CourseVersion.objects.get(number=2)
    assert bytes(draft.files.get(path="lessons/01-first.md").content).decode() == text
    desk.post("/console/courses/basics/files/", {"path": "lessons/03-more.md"})
    assert draft.files.filter(path="lessons/03-more.md").exists()
    desk.post("/console/courses/basics/remove/lessons/03-more.md/")
    assert not draft.files.filter(path="lessons/03-more.md").exists()
    assert desk.post("/console/courses/basics/files/", {"path": "../evil"}).status_code == 422
    desk.post("/console/courses/basics/discard/")
    assert not CourseVersion.objects.filter(number=2).exists()


def test_assigning_tells_how_many_and_asks_for_a_reason(desk, owner):
    make_course()
    assert desk.post("/console/courses/basics/assignment/", {"days": "30"}).status_code == 422
    page = desk.post(
        "/console/courses/basics/assignment/", {"days": "30", "reason": "All."}, follow=True
    ).content.decode()
    assert f"Assigned to {Enrolment.objects.count()} people" in page
    assert "Everybody" in page or "everybody" in page


def test_gift_comes_in_with_what_is_left_out_named_and_goes_out_again(desk):
    make_course()
    content = b"::Sky::Is it blue? {T}\n\n::Page::Write a page. {}\n"
    page = desk.post("/console/courses/basics/questions/", {"file": upload("q.gift", content)}).content.decode()
    assert "Line 3" in page and "An essay is graded by a person" in page
    draft = CourseVersion.objects.get(number=2)
    assert draft.questions.filter(key="sky").exists() and draft.questions.count() == 8
    desk.post("/console/courses/basics/questions/", {"file": upload("q.gift", content)})
    assert draft.questions.count() == 8  # word for word there already
    out = desk.get("/console/courses/basics/questions/gift/").content.decode()
    assert "Is it blue?" in out and "cannot carry it: order" in out
    refused = desk.post("/console/courses/basics/questions/", {"file": upload("q.gift", b"only a text")})
    assert refused.status_code == 422


def test_item_analysis_speaks_from_twenty_answers_on_and_keeps_wordings_apart(desk):
    course = make_course()
    for number in range(20):
        person = make_person(f"Per Son{number}")
        row = enrolments.enrol(course, by=person, now=timezone.now())
        attempt = attempts.start(row, by=person, now=timezone.now())
        given = answers_of(attempt)
        weak = number >= 12
        for item in attempt.items.select_related("question"):
            if weak and item.question.key != "truth":
                given[item.position] = None  # who knows less fails all but this one
            if not weak and item.question.key == "truth":
                given[item.position] = False
        attempts.submit(attempt, given, by=person, now=timezone.now())
        if number == 18:
            assert all(one.difficulty is None for one in analyse(course))
    found = {one.item.key: one for one in analyse(course)}
    assert found["one"].difficulty == pytest.approx(0.6) and found["one"].discrimination > 0.5
    assert found["truth"].discrimination < 0 and found["truth"].needs_a_look
    assert found["one"].chosen[0] == ("This", True, 12)
    page = desk.get("/console/courses/basics/questions/").content.decode()
    assert "Needs a look" in page


def test_correlation_is_pearsons():
    assert correlation([(1, 2), (2, 4), (3, 6)]) == pytest.approx(1)
    assert correlation([(1, 1), (1, 2)]) is None and correlation([]) is None


def test_a_badge_is_made_and_changed_and_its_number_counts_material_changes(desk, staff):
    course = make_course()
    said = {
        "title": "Careful", "slug": "careful", "level": "1", "summary": "Is careful.", "criteria": "Can be careful.",
        "courses": [course.pk], "validity_days": "365", "grace_days": "14", "unlocks": "A door.\n\nAnother.", "is_open": "on",
    }  # fmt: skip
    desk.post("/console/certifications/new/", said)
    row = Certification.objects.get()
    assert (row.number, row.unlocks, list(row.courses.all())) == (1, ["A door.", "Another."], [course])
    assert desk.post("/console/certifications/new/", said).status_code == 422  # the address is taken
    desk.post("/console/certifications/careful/", said | {"grace_days": "20"})
    desk.post("/console/certifications/careful/", said | {"criteria": "Can be very careful."})
    row.refresh_from_db()
    assert (row.number, row.grace_days) == (2, 14)


def test_more_time_and_another_attempt_are_given_on_pages(desk, owner):
    make_course()
    desk.post("/console/allowances/", {"person": owner.email, "percent": "150", "reason": ""})
    allowance = TimeAllowance.objects.get()
    assert allowance.percent == 150
    desk.post(f"/console/allowances/{allowance.pk}/removal/")
    assert not TimeAllowance.objects.exists()
    row = enrolments.enrol(Course.objects.get(), by=owner, now=timezone.now())
    assert desk.post(f"/console/enrolments/{row.pk}/attempt/", {"reason": ""}).status_code == 422
    desk.post(f"/console/enrolments/{row.pk}/attempt/", {"reason": "Unclear."})
    row.refresh_from_db()
    assert row.extra_attempts == 1


def test_the_report_and_its_csv(desk, owner):
    course = make_course()
    make_certification(course)
    finish(course, owner)
    page = desk.get("/console/certifications/").content.decode()
    assert "Who is certified" in page and owner.name in page
    rows = b"".join(desk.get("/console/certifications/export/").streaming_content).decode().splitlines()
    assert len(rows) == 2 and owner.email in rows[1]
