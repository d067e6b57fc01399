"""The site run by someone without rights, from a checkout that nobody else may enter."""

import os
import pwd
import shutil
import stat
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from portal.local.home import ROOT
from tests.processes import RunningSite, bare_environment, free_port, processes_of, temporary_home, wait_until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("site"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user"),
]
NOBODY = pwd.getpwnam("nobody")
AS_NOBODY: dict[str, Any] = {"user": NOBODY.pw_uid, "group": NOBODY.pw_gid, "extra_groups": []}
LEFT_OUT = (".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis", "tests")


def reachable_python() -> tuple[str, dict[str, str]]:
    """An interpreter of this version that the user `nobody` can run, and the environment in which it finds the packages."""
    packages = sysconfig.get_path("purelib")
    same = f"import sys, os; sys.exit(sys.version_info[:2] != {sys.version_info[:2]} or not os.access({packages!r}, os.R_OK))"
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            if subprocess.run([python, "-c", same], cwd="/", **AS_NOBODY).returncode == 0:
                extra = {"PYTHONPATH": packages, "TRELLIS_NO_BOOTSTRAP": "1", "HOME": "/nonexistent"}
                return python, bare_environment(**extra)
        except OSError:
            continue
    pytest.skip("the interpreter or its packages lie where the user `nobody` cannot reach them")


def test_up_works_in_a_closed_folder_of_an_ordinary_user() -> None:
    python, environment = reachable_python()
    with temporary_home() as folder:
        checkout, talk = folder / "checkout", folder / "talk"
        shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(*LEFT_OUT))
        talk.mkdir()
        for path in (checkout, *checkout.rglob("*")):
            os.chown(path, NOBODY.pw_uid, NOBODY.pw_gid, follow_symlinks=False)
        checkout.chmod(0o700)
        home = checkout / "var"
        site = RunningSite(
            home,
            free_port(),
            "--no-demo",
            python=python,
            root=checkout,
            talk_in=talk,
            env=environment,
            **AS_NOBODY,
        ).wait_until_ready()
        assert site.get("/livez") == "ok"
        owners = {Path(f"/proc/{pid}").stat().st_uid for pid in processes_of(home)}
        assert owners == {NOBODY.pw_uid}
        assert site.interrupt() == 0
        wait_until(lambda: not processes_of(home), 2, why="nothing must be left")
        assert stat.S_IMODE(checkout.stat().st_mode) == 0o700
        assert not (checkout / ".venv").exists()
