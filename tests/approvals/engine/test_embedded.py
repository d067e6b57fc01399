"""The engine in its child process: right answers, bounds, and a portal that does not notice what a policy does."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from approvals.engine.cases import BASE, merged
from approvals.engine.embedded import Embedded
from approvals.engine.inputs import evaluate
from approvals.engine.interface import Module, PolicyError, PolicySet

HEAD = "package t\nimport rego.v1\n"
HOSTS = HEAD + 'deny contains h if { some h in input.request.hosts; h != "ok" }'


def policy(body, head=HEAD):
    return PolicySet((Module("t.rego", head + body),))


@pytest.fixture(scope="module")
def engine():
    made = Embedded(seconds=0.7)
    yield made
    made.close()


def hosts(*names):
    return merged(BASE, {"request": {"hosts": list(names)}})


def test_the_answer_is_the_set_of_reasons_in_order(engine):
    found = engine.evaluate(policy("", HOSTS), [hosts("b", "a", "ok"), hosts(), hosts("ok")])
    assert [(one.passed, one.reasons) for one in found] == [(False, ("a", "b")), (True, ()), (True, ())]


def test_many_inputs_come_back_in_their_order(engine):
    found = engine.evaluate(policy("", HOSTS), [hosts(str(number)) for number in range(10_000)])
    assert [one.reasons[0] for one in found] == [str(number) for number in range(10_000)]


@pytest.mark.parametrize(
    ("body", "kind", "line"),
    [
        ("deny contains x if { x := http.send({}) }", "forbidden", 3),
        ('deny contains x if { x := http["send"]({}) }', "forbidden", 3),
        ("import data.a as http\ndeny contains x if { x := http.send({}) }", "forbidden", 4),
        ("http.send(y) := y\ndeny contains x if { x := http.send(1) }", "forbidden", None),
        ("deny contains x if { x := opa.runtime() }", "forbidden", 3),
        ("import data.a as opa\ndeny contains x if { x := opa.runtime() }", "forbidden", 4),
        ("deny contains x if { x := time.now_ns() }", "forbidden", 3),
        ("deny contains x if { false; x := unknown(1) }", "forbidden", 3),
        ("deny contains x if { x := count([1]) with count as sum }", "forbidden", 3),
        ("deny contains x if { x := rand.intn(\"a\", 5) }", "forbidden", 3),
        ("deny contains { x", "compile", 3),
        ("deny := 5", "shape", None),
        ("allow := true", "shape", None),
        ('deny contains {"text": "no msg"}', "shape", None),
        ("deny contains x if { x := sum(input.app.name) }", "eval", 3),
        ("f(x) := f(x)\ndeny contains f(1)", "crash", None),
        ("deny contains x if { x := numbers.range(1, 1000000000) }", "crash", None),
        ('deny contains sprintf("%1000000000d", [1])', "crash|timeout", None),
        ("deny contains x if { some a in numbers.range(1, 9999); some b in numbers.range(1, 9999); "
         "some c in numbers.range(1, 9999); a * b * c == -1; x := 1 }", "timeout", None),
    ],
)  # fmt: skip
def test_a_hostile_or_wrong_policy_denies_in_time_and_the_next_one_is_right(engine, body, kind, line):
    began = time.monotonic()
    found = engine.evaluate(policy(body), [BASE])[0]
    assert time.monotonic() - began < 5
    assert not found.passed and found.error.kind in kind.split("|")
    if line:
        assert found.error.line == line and found.error.column
        assert f"line {line}" in found.reasons[0]
    assert engine.evaluate(policy("", HOSTS), [hosts()])[0].passed


@pytest.mark.parametrize("brackets", ["(" * 20_000 + ")" * 20_000, "[" * 5_000 + "]" * 5_000])
def test_deep_nesting_harms_nobody(engine, brackets):
    assert not engine.evaluate(policy(f"deny contains x if {{ x := {brackets} }}"), [BASE])[0].passed
    assert engine.evaluate(policy("", HOSTS), [hosts()])[0].passed


def test_an_endless_policy_does_not_hold_up_a_whole_batch(engine):
    endless = policy(
        'deny contains "x" if { input.app.id == 1; some a in numbers.range(1, 9999); some b in numbers.range(1, 9999); '
        "some c in numbers.range(1, 9999); a * b * c == -1 }"
    )
    other = merged(BASE, {"app": {"id": 2}})
    found = engine.evaluate(endless, [other, BASE, other])
    assert [one.passed for one in found] == [True, False, True]
    began = time.monotonic()
    assert not any(one.passed for one in engine.evaluate(endless, [BASE] * 1_000))
    assert time.monotonic() - began < 8


def test_an_evil_expression_is_linear(engine):
    evil = policy('deny contains "x" if regex.match("^(a+)+$", input.app.name)')
    assert engine.evaluate(evil, [merged(BASE, {"app": {"name": "a" * 5_000 + "b"}})])[0].passed


def test_what_a_policy_prints_is_no_answer(engine):
    assert engine.evaluate(policy('deny contains "x" if { print("{}"); input.app.id == 1 }'), [BASE])[0].reasons == (
        "x",
    )


def test_a_child_that_was_killed_is_replaced(engine):
    engine.check(policy("", HOSTS))
    os.kill(engine.child.pid, signal.SIGKILL)
    engine.child.wait()
    assert engine.evaluate(policy("", HOSTS), [hosts("a")])[0].reasons == ("a",)


def test_the_child_has_no_environment(engine):
    engine.check(policy("", HOSTS))
    assert "DATABASE" not in Path(f"/proc/{engine.child.pid}/environ").read_text()


def test_threads_share_it(engine):
    wrong = []

    def work(name):
        for _turn in range(30):
            if engine.evaluate(policy("", HOSTS), [hosts(name)])[0].reasons != (name,):
                wrong.append(name)

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_after_a_fork_each_process_has_its_own_child(engine):
    engine.check(policy("", HOSTS))
    before = engine.child.pid
    child = os.fork()
    if child == 0:
        good = engine.evaluate(policy("", HOSTS), [hosts("a")])[0].reasons == ("a",) and engine.child.pid != before
        engine.close()
        os._exit(0 if good else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert engine.evaluate(policy("", HOSTS), [hosts("b")])[0].reasons == ("b",)
    assert engine.child.pid == before


def runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_nothing_runs_on_after_the_portal_died():
    """Also in the middle of an endless policy."""
    reader, writer = os.pipe()
    portal = os.fork()
    if portal == 0:
        lonely = Embedded(seconds=0.5)
        lonely.check(policy("", HOSTS))
        os.write(writer, f"{lonely.child.pid}\n".encode())
        threading.Thread(
            target=lonely.evaluate,
            args=(
                policy(
                    "deny contains 1 if { some a in numbers.range(1, 9999); some b in numbers.range(1, 9999); "
                    "some c in numbers.range(1, 9999); a * b * c == -1 }"
                ),
                [BASE],
            ),
        ).start()
        time.sleep(0.2)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        child = int(said.readline())
    os.waitpid(portal, 0)
    deadline = time.monotonic() + 10
    while runs(child):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("policy_set", "said"),
    [
        (PolicySet(()), "no source"),
        (PolicySet((Module("a.rego", "#" * 70_000),)), "64 KB"),
        (PolicySet(tuple(Module(f"{n}.rego", "package a") for n in range(21))), "more than 20 files"),
        (PolicySet((Module("a.rego", "package a"),), {"x": "y" * 2_000_000}), "1 MB"),
    ],
)
def test_what_is_too_large_is_refused(engine, policy_set, said):
    with pytest.raises(PolicyError) as refused:
        engine.check(policy_set)
    assert said in refused.value.sentence


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(st.lists(ANYTHING, max_size=8))
@settings(max_examples=100, deadline=None)
def test_any_input_gets_a_verdict(engine, documents):
    found = evaluate(engine, policy("", HOSTS), documents)
    assert [one.passed for one in found] == [False] * len(documents)
