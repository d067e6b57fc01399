"""The shipped policies, each with its own cases, through both engines."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import approvals
from approvals.engine import bundle, cases
from approvals.engine.embedded import Embedded
from approvals.engine.interface import Module, PolicySet
from approvals.engine.opa import OpaServer, rehomed

STARTERS = Path(approvals.__file__).parent / "starters"
FOUND = bundle.read_folder(STARTERS)


class Opa(BaseHTTPRequestHandler):
    """OPA's REST shape over the embedded engine; no OPA is to be had where the tests run."""

    policies: dict[str, str] = {}
    data: dict[str, dict] = {}

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        parts = self.path.split("/")[3:]
        if self.path.startswith("/v1/policies/"):
            self.policies["/".join(parts)] = body.decode()
        else:
            self.data.setdefault(parts[0], {})[parts[1]] = json.loads(body)
        self.answer(200, {})

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        path = self.path.split("?")[0].removeprefix("/v1/data/").split("/")
        home = path[0]
        modules = [Module(name, text) for name, text in self.policies.items() if name.startswith(home)]
        verdict = self.server.engine.evaluate(PolicySet(tuple(modules), {home: self.data.get(home, {})}), [asked])[0]
        if verdict.error:
            self.answer(500, {"errors": [{"message": verdict.error.message}]})
        else:
            self.answer(200, {"result": list(verdict.reasons)})

    def answer(self, code, body):
        content = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def embedded():
    made = Embedded()
    yield made
    made.close()


@pytest.fixture(scope="module")
def opa(embedded):
    server = HTTPServer(("127.0.0.1", 0), Opa)
    server.engine = Embedded()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield OpaServer(f"http://127.0.0.1:{server.server_port}", embedded)
    server.shutdown()
    thread.join()
    server.server_close()
    server.engine.close()


def test_all_six_are_there_and_every_file_is_used():
    assert [one.slug for one in FOUND.policies] == [
        "blocked-packages", "cost-centre-and-tags", "data-class-by-connector", "external-hosts", "sbom-required",
        "secrets-in-manifest",
    ]  # fmt: skip
    assert FOUND.unused == []
    assert all(len(one.cases) >= 5 and one.summary for one in FOUND.policies)


@pytest.mark.parametrize("which", ["embedded", "opa"])
@pytest.mark.parametrize("found", FOUND.policies, ids=lambda found: found.slug)
def test_every_case_ends_as_it_says(request, found, which):
    engine = request.getfixturevalue(which)
    results = cases.run(engine, PolicySet(tuple(found.modules), found.data), cases.read(found.cases))
    assert [result for result in results if not result.passed] == []


def test_a_server_that_does_not_answer_denies_and_says_so(embedded):
    away = OpaServer("http://127.0.0.1:9", embedded, seconds=0.5)
    found = FOUND.policies[3]
    verdict = away.evaluate(PolicySet(tuple(found.modules), found.data), [cases.BASE])[0]
    assert (verdict.passed, verdict.error.is_outage) == (False, True)
    assert "does not answer" in verdict.reasons[0]


def test_a_text_is_moved_to_its_home_without_touching_its_words():
    source = 'package a.b\n# data.x\ndeny contains "data.x" if { data.x[_] == mydata.x; input.data.x; data["y"] }'
    assert rehomed(source, "r1") == (
        'package r1.a.b\n# data.x\ndeny contains "data.x" if { data.r1.x[_] == mydata.x; input.data.x; data.r1["y"] }'
    )
