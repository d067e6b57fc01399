import signal
from pathlib import Path

import pytest
import redis

from portal.local.home import LocalError
from portal.local.valkey import Valkey

pytestmark = pytest.mark.processes


def write(server: Valkey, key: str) -> None:
    with redis.Redis(unix_socket_path=str(server.socket)) as client:
        client.set(key, "1")


def test_what_was_answered_survives_a_kill(tmp_path: Path) -> None:
    server = Valkey(tmp_path / "valkey")
    server.start()
    write(server, "kept")
    assert server.process
    server.process.send_signal(signal.SIGKILL)
    server.stop()
    again = Valkey(tmp_path / "valkey")
    try:
        with redis.Redis(unix_socket_path=again.start()) as client:
            assert client.get("kept") == b"1"
    finally:
        again.stop()


def test_a_second_server_on_the_same_data_is_refused(tmp_path: Path) -> None:
    server = Valkey(tmp_path / "valkey")
    server.start()
    try:
        with pytest.raises(LocalError, match="is still running"):
            Valkey(tmp_path / "valkey").start(patience=0.2)
        write(server, "still there")
    finally:
        server.stop()


def test_a_program_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRELLIS_VALKEY_BIN", "/nowhere")
    with pytest.raises(LocalError, match="TRELLIS_VALKEY_BIN=/nowhere is not a program"):
        Valkey(tmp_path / "valkey").start()
