"""The files of a course: read whole, or refused with everything that is wrong."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.makers.training import EXERCISE, course_files
from training.actions.certifications import FOLDER
from training.courses import archives, front_matter, reader
from training.courses.source import BadCourse, QuizRules


def test_a_course_is_read_with_its_lessons_questions_and_tasks():
    source = reader.read(course_files(exercise=EXERCISE, policies="[external-hosts]"))
    assert (source.title, source.level, source.minutes, source.policies) == ("Basics", 1, 10, ("external-hosts",))
    assert [lesson.slug for lesson in source.lessons] == ["01-first", "02-second"]
    assert len(source.items) == 7 and source.quiz is not None and source.quiz.cool_down == (10, 1440)
    assert QuizRules.from_json(source.quiz.as_json()) == source.quiz
    assert source.exercise is not None and source.exercise.policies == ("external-hosts",)


BAD = {
    "no course.md": ({"course.md": None}, "There is no course.md"),
    "no fields": ({"course.md": b"# Title"}, "Begin the file with a line"),
    "no lesson": ({"lessons/01-first.md": None, "lessons/02-second.md": None}, "at least one lesson"),
    "not yaml": ({"course.md": b"---\ntitle: a: b\n---\n"}, "Line 1 is not YAML"),
    "no minutes": ({"lessons/01-first.md": b"---\ntitle: A\n---\nText"}, "minutes is a whole number"),
    "no picture": ({"lessons/pictures/square.svg": None}, "square.svg is not among the files"),
    "no words": (
        {"lessons/01-first.md": b"---\ntitle: A\nminutes: 3\n---\n![](pictures/square.svg)"}, "Say in words",
    ),
    "video": ({"lessons/01-first.md": b"---\ntitle: A\nminutes: 3\nvideo: {src: a.mp4}\n---\nT"}, "captions and transcript"),
    "empty lesson": ({"lessons/01-first.md": b"---\ntitle: A\nminutes: 3\n---\n"}, "The lesson is empty"),
    "twice": ({"questions.yaml": b"- {id: a, kind: true_false, text: x, answer: true}\n" * 2}, "a stands twice"),
    "lesson of a question": (
        {"questions.yaml": b"- {id: a, kind: true_false, text: x, answer: true, lesson: 09-no}"}, "there is no lesson 09-no",
    ),
    "not a list": ({"questions.yaml": b"a: b"}, "The questions are a list"),
    "latin": ({"questions.yaml": "- é".encode("latin-1")}, "Save the file as UTF-8"),
    "program": ({"run.sh": b"rm"}, "no part of a course"),
    "task": ({"exercise.yaml": b"title: A"}, "title, text, manifest"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_with_the_file(name):
    change, part = BAD[name]
    files = {path: content for path, content in {**course_files(), **change}.items() if content is not None}
    with pytest.raises(BadCourse, match=part):
        reader.read(files)


def test_everything_that_is_wrong_is_said_at_once():
    files = course_files() | {"lessons/01-first.md": b"no fields", "questions.yaml": b"- {id: B}\n- {id: C}"}
    with pytest.raises(BadCourse) as refused:
        reader.read(files)
    assert len(refused.value.problems) >= 3


def test_a_quiz_that_draws_more_than_there_is_is_refused():
    text = (
        course_files()["course.md"]
        .decode()
        .replace("time_limit: null", "time_limit: null, draw: [{tag: data, count: 9}]")
    )
    with pytest.raises(BadCourse, match="draws 9 questions tagged data, and there are 2"):
        reader.read(course_files() | {"course.md": text.encode()})


def test_a_zip_of_a_folder_gives_the_files_back_and_is_the_same_each_time():
    files = course_files()
    packed = archives.pack(files)
    assert archives.unpack(packed) == files and archives.pack(files) == packed
    inside = archives.pack({f"my-course/{path}": content for path, content in files.items()})
    assert archives.unpack(inside) == files


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"no zip", "not a ZIP"),
        (zipped(("../course.md", b"x")), "inside the folder"),
        (zipped(("/course.md", b"x")), "inside the folder"),
        (zipped(("big.md", b"\0" * (archives.MOST_BYTES + 1))), "60 MB"),
        (zipped(*((f"{n}.md", b"") for n in range(archives.MOST_FILES + 1))), "500 files"),
    ],
    ids=["no zip", "outside", "absolute", "bomb", "many"],
)
def test_a_hostile_archive_is_refused(content, part):
    with pytest.raises(BadCourse, match=part):
        archives.unpack(content)


@given(st.binary(max_size=200))
def test_no_bytes_stop_the_reading_of_an_archive(content):
    with pytest.raises(BadCourse):
        archives.unpack(content)


def test_a_folder_is_read_and_written_back(tmp_path):
    archives.write_folder(course_files(), tmp_path / "a")
    (tmp_path / "a" / ".git").mkdir()
    (tmp_path / "a" / ".git" / "config").write_text("x")
    (tmp_path / "a" / ".DS_Store").write_text("x")
    assert archives.read_folder(tmp_path / "a") == course_files()


def test_front_matter_joins_as_it_splits():
    fields = {"title": "A: b", "tags": ["x"]}
    assert front_matter.split(front_matter.join(fields, "Text\n")) == (fields, "Text\n")


@pytest.mark.parametrize("slug", ["foundations", "builder", "steward"])
def test_the_shipped_courses_can_be_read_and_their_lessons_say_how_long_they_take(slug):
    source = reader.read(archives.read_folder(FOLDER / "courses" / slug))
    assert source.quiz is not None and 8 <= sum(pool.count for pool in source.quiz.draw) <= 12
    assert all(item.explanation and item.lesson for item in source.items)
    assert all(len(lesson.body.split()) > 300 for lesson in source.lessons)


def test_the_shipped_curriculum_takes_about_ninety_minutes_and_asks_more_than_forty_questions():
    sources = [reader.read(archives.read_folder(FOLDER / "courses" / s)) for s in ("foundations", "builder", "steward")]
    assert 80 <= sum(source.minutes for source in sources) <= 100
    assert sum(len(source.lessons) for source in sources) == 10
    assert sum(len(source.items) for source in sources) >= 40
    assert {item.kind for source in sources for item in source.items} == {
        "single", "multiple", "true_false", "ordering", "matching", "numeric", "short_answer",
    }  # fmt: skip
