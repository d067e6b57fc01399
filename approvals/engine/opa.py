"""An OPA server as the engine, over its REST API. The embedded engine still looks at every text first, so that both are
given only what the portal allows."""

import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from approvals.engine.interface import Checked, Engine, PolicyError, PolicySet, Verdict, refused, verdict_of

SECONDS = 2.0


class OpaServer:
    """`url` begins with http:// or https://. `guard` is the engine that checks texts."""

    def __init__(self, url: str, guard: Engine, token: str = "", seconds: float = SECONDS) -> None:
        self.url, self.guard, self.token, self.seconds = url.rstrip("/"), guard, token, seconds
        self.loaded: dict[str, str] = {}
        self.lock = threading.Lock()

    def check(self, policy_set: PolicySet) -> Checked:
        return self.guard.check(policy_set)

    def evaluate(self, policy_set: PolicySet, inputs: Sequence[Mapping[str, Any]]) -> list[Verdict]:
        try:
            checked = self.check(policy_set)
            self._load(policy_set)
        except PolicyError as error:
            return [refused(error)] * len(inputs)
        path = f"/v1/data/{self._home(policy_set)}/{checked.package.replace('.', '/')}/deny?strict-builtin-errors=true"
        return [self._one(path, one) for one in inputs]

    def close(self) -> None:
        self.guard.close()

    def _one(self, path: str, asked: Mapping[str, Any]) -> Verdict:
        began = time.perf_counter()
        try:
            answer = self._ask("POST", path, json.dumps({"input": asked}).encode())
        except PolicyError as error:
            return refused(error, (time.perf_counter() - began) * 1_000)
        return verdict_of(answer.get("result"), (time.perf_counter() - began) * 1_000)

    def _home(self, policy_set: PolicySet) -> str:
        return f"r{policy_set.revision[:16]}"

    def _load(self, policy_set: PolicySet) -> None:
        """Each revision lives under a package of its own, so that two versions of a policy never meet."""
        with self.lock:
            if policy_set.revision in self.loaded:
                return
            home = self._home(policy_set)
            for module in policy_set.modules:
                source = rehomed(module.source, home)
                self._ask("PUT", f"/v1/policies/{home}/{module.name}", source.encode(), kind="text/plain")
            for key, value in policy_set.data.items():
                self._ask("PUT", f"/v1/data/{home}/{quote(key, safe='')}", json.dumps(value).encode())
            self.loaded[policy_set.revision] = home

    def _ask(self, method: str, path: str, body: bytes, kind: str = "application/json") -> dict[str, Any]:
        headers = {"Content-Type": kind, **({"Authorization": f"Bearer {self.token}"} if self.token else {})}
        asked = urllib.request.Request(self.url + path, data=body, method=method, headers=headers)  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=self.seconds) as answer:  # noqa: S310  (scheme checked in settings)
                found: dict[str, Any] = json.loads(answer.read() or b"{}")
                return found
        except urllib.error.HTTPError as error:
            raise fault_of(error) from None
        except (OSError, ValueError) as error:
            raise PolicyError("unavailable", str(error)) from None


def fault_of(error: urllib.error.HTTPError) -> PolicyError:
    """400 is the policy's text, any other the evaluation; 401 and 5xx without a body are the server's."""
    try:
        said = json.loads(error.read())
        first = (said.get("errors") or [{}])[0]
        place = first.get("location") or {}
        message = str(first.get("message") or said.get("message") or error.reason)
    except (ValueError, AttributeError):
        return PolicyError("unavailable", str(error.reason))
    if error.code in (401, 403):
        return PolicyError("unavailable", message)
    kind = "compile" if error.code == 400 else "eval"
    return PolicyError(kind, message, place.get("file"), place.get("row"), place.get("col"))


# Texts and comments are stepped over; what is left of `package …` and `data` is code.
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|`[^`]*`|#[^\n]*|(?<![\w.])(package)(?=\s)|(?<![\w.])(data)(?=\s*[.\[])')


def rehomed(source: str, home: str) -> str:
    """The same text under the package of its revision, reading its own data."""

    def moved(token: "re.Match[str]") -> str:
        return f"package {home}." if token[1] else f"data.{home}" if token[2] else token[0]

    return re.sub(rf"package {home}\.\s+", f"package {home}.", TOKEN.sub(moved, source))
