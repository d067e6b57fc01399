"""The commands: badges verified and sampled, courses and questions in and out."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.makers.training import course_files, make_award, make_course
from training.actions import awards, credentials
from training.badges import keys
from training.courses import archives
from training.models import Course

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", ["svg", "png", "jwt", "json"])
def test_a_sample_verifies_here_and_offline(owner, tmp_path, form, capsys):
    make_award(owner)
    file, issuer = tmp_path / f"badge.{form}", tmp_path / "issuer.json"
    call_command("badge_sample", str(file))
    issuer.write_text(credentials.published(now=timezone.now()).dump())
    for options in ([], ["--issuer", str(issuer)]):
        capsys.readouterr()
        call_command("badge_verify", str(file), *options)
        assert capsys.readouterr().out.startswith("Valid: Basics, issued by")


def test_a_command_knows_the_address_of_a_local_site_at_another_port(owner, tmp_path, settings, capsys):
    settings.SITE_URL = "http://127.0.0.1:8124"
    make_award(owner)
    settings.SITE_URL = "http://127.0.0.1:8000"
    call_command("badge_sample", str(tmp_path / "badge.png"))
    capsys.readouterr()
    call_command("badge_verify", str(tmp_path / "badge.png"))
    assert capsys.readouterr().out.startswith("Valid: Basics")


def test_a_bad_one_exits_with_one(owner, staff, tmp_path, capsys):
    award = make_award(owner)
    file = tmp_path / "badge.jwt"
    call_command("badge_sample", str(file))
    awards.revoke(award, reason="r", by=staff, now=timezone.now())
    with pytest.raises(SystemExit) as stopped:
        call_command("badge_verify", str(file))
    assert stopped.value.code == 1 and "Withdrawn: " in capsys.readouterr().out
    file.write_text(file.read_text()[:-6] + "AAAAAA")
    with pytest.raises(SystemExit):
        call_command("badge_verify", str(file))
    assert "altered" in capsys.readouterr().out
    for wrong in (tmp_path / "none.jwt", tmp_path / "x.gif"):
        with pytest.raises(CommandError):
            call_command("badge_verify" if wrong.suffix == ".jwt" else "badge_sample", str(wrong))


def test_keys_are_made_and_rotated_for_the_owner_of_the_file_only(tmp_path):
    file = tmp_path / "keys.json"
    call_command("badge_keys", str(file))
    call_command("badge_keys", str(file))
    found = keys.load(file.read_text())
    assert [key.name for key in found] == [f"{timezone.now().year}-1", f"{timezone.now().year}-2"]
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("broken")
    with pytest.raises(CommandError):
        call_command("badge_keys", str(file))


def test_a_course_goes_in_and_out_unchanged(tmp_path, capsys):
    archives.write_folder(course_files(), tmp_path / "basics")
    call_command("course_import", str(tmp_path / "basics"), "--publish")
    call_command("course_import", str(tmp_path / "basics"), "--publish")
    assert "unchanged" in capsys.readouterr().out and Course.objects.get().versions.count() == 1
    call_command("course_export", "basics", str(tmp_path / "out"))
    call_command("course_export", "basics", str(tmp_path / "out.zip"))
    assert (
        archives.read_folder(tmp_path / "out") == course_files() == archives.unpack((tmp_path / "out.zip").read_bytes())
    )
    with pytest.raises(CommandError, match="There is: basics"):
        call_command("course_export", "none", str(tmp_path / "x"))
    (tmp_path / "basics" / "course.md").write_text("x")
    with pytest.raises(CommandError, match="course.md"):
        call_command("course_import", str(tmp_path / "basics"))


def test_questions_go_in_and_out_as_gift(tmp_path: Path, capsys):
    make_course()
    file = tmp_path / "q.gift"
    file.write_text("Is it blue? {T}\n\nWrite. {}\n")
    call_command("gift_import", str(file), "--course", "basics")
    said = capsys.readouterr()
    assert "1 questions are in the draft, 1 left out" in said.out and "Line 3" in said.err
    call_command("gift_export", str(tmp_path / "out.gift"), "--course", "basics")
    assert "6 questions" in capsys.readouterr().out and "Which word?" in (tmp_path / "out.gift").read_text()
    for wrong in ("none", "other"):
        with pytest.raises(CommandError):
            call_command("gift_import", str(file), "--course", wrong)
