"""Running the unit tests of a rendered app: its own JavaScript, in a child without network, under limits."""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from catalog.templating import jail, tree
from catalog.templating.tree import Tree

SECONDS, MOST_FILES, MEMORY = 20, 30, 256
ENDINGS = (".test.mjs", ".test.js")
PASSED, FAILED, NONE, NOT_RUN = "passed", "failed", "none", "not_run"


@dataclass(frozen=True)
class Tested:
    """`state` is passed, failed, none (there are no tests) or not_run (this machine has no Node.js); `said` is for people."""

    state: str
    files: int = 0
    said: str = ""


@cache
def node() -> str | None:
    """The Node.js of this machine. It is not needed to run the portal, only to run the tests of what it gives out."""
    return shutil.which("node")


def run(app: Tree) -> Tested:
    files = [path for path in app if path.endswith(ENDINGS) and "node_modules" not in PurePosixPath(path).parts]
    if not files:
        return Tested(NONE, 0, _("It has no tests. Add some as tests/….test.mjs."))
    program = node()
    if program is None:
        return Tested(NOT_RUN, len(files), _("This machine has no Node.js, so the tests were not run."))
    with jail.folder() as folder:
        place = folder / "app"
        place.mkdir()
        tree.write(app, place)
        for path in files[:MOST_FILES]:
            # Each file by itself: the permission model then lets it read the app and nothing else, and start nothing.
            command = [program, f"--max-old-space-size={MEMORY}", "--no-warnings", *walls(str(place)), path]
            outcome = jail.run(command, cwd=place, seconds=SECONDS, megabytes=0, network=False)
            if outcome.stopped:
                return Tested(
                    FAILED, len(files), _("%(file)s was stopped after %(s)d seconds.") % {"file": path, "s": SECONDS}
                )
            if outcome.code:
                said = (outcome.output + outcome.errors).decode(errors="replace").replace(str(folder), "")
                return Tested(FAILED, len(files), f"{path}\n{said[-2_000:]}")
    return Tested(PASSED, len(files))


def walls(place: str) -> list[str]:
    """Node's own permission model, where this Node has one."""
    name = permission_flag()
    return [name, f"--allow-fs-read={place}/*"] if name else []


@cache
def permission_flag() -> str:
    """`--permission` since Node 22, `--experimental-permission` in 20; empty before."""
    for flag in ("--permission", "--experimental-permission"):
        found = subprocess.run([node() or "node", flag, "-e", "0"], check=False, capture_output=True)  # noqa: S603
        if found.returncode == 0:
            return flag
    return ""
