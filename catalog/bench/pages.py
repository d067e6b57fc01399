"""What the catalog's pages cost: queries and SQL time in this process; CPU and latency on a real gunicorn."""

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import MicroApp
from portal.models import User

NEXT = re.compile(r'href="\?after=([^"&]+)"')
TICKS = os.sysconf("SC_CLK_TCK")
ROOT = Path(settings.BASE_DIR)


@dataclass(frozen=True)
class Cost:
    """All times in milliseconds; CPU is per request."""

    name: str
    queries: int
    sql: float
    web: float
    database: float
    p50: float
    p95: float
    p50_of_8: float
    p95_of_8: float


def paths(client: Client) -> dict[str, str]:
    """The pages to measure. The deep page is reached as a reader would: by the next link, twenty times."""
    apps = reverse("catalog:micro_app_list")
    unit = MicroApp.objects.values_list("business_unit__code", flat=True).first()
    deep = apps
    for _step in range(20):
        following = NEXT.search(client.get(deep).content.decode())
        if following is None:
            break
        deep = f"{apps}?after={following[1]}"
    detail = MicroApp.objects.order_by("pk")[MicroApp.objects.count() // 2].get_absolute_url()
    return {
        "empty page": reverse("help_index"),
        "list": apps,
        "filter": f"{apps}?risk=low&unit={unit}",
        "deep page": deep,
        "search": f"{apps}?q=invoice+approval",
        "rare word": f"{apps}?q=977",
        "detail": detail,
    }


def measure(staff: User, database_url: str, requests: int) -> Iterator[Cost]:
    client = Client()
    client.force_login(staff)
    todo = paths(client)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    with site(database_url) as (port, web):
        for name, path in todo.items():
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200, path
            sql = sum(float(query["time"]) for query in captured) * 1_000
            get(port, path, cookie)
            before = cpu(web), cpu(backends())
            alone = ask(port, path, cookie, requests, clients=1)
            after = cpu(web), cpu(backends())
            crowd = ask(port, path, cookie, requests, clients=8)
            yield Cost(
                name, len(captured), sql, (after[0] - before[0]) / requests, (after[1] - before[1]) / requests,
                *percentiles(alone), *percentiles(crowd),
            )  # fmt: skip


@contextmanager
def site(database_url: str) -> Iterator[tuple[int, list[int]]]:
    """A gunicorn on the throw-away database; yields its port and its process ids."""
    port = free_port()
    environment = os.environ | {"DATABASE_URL": database_url, "DB_POOL": "1", "SECRET_KEY": settings.SECRET_KEY}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "portal.wsgi",
        "-b",
        f"127.0.0.1:{port}",
        "--workers",
        "1",
        "--threads",
        "8",
    ]
    process = subprocess.Popen([*command, "--log-level", "error"], env=environment, cwd=ROOT)  # noqa: S108
    try:
        wait_for(port, process)
        yield port, [process.pid, *children(process.pid)]
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        try:
            get(port, "/livez", "")
        except OSError:
            if process.poll() is not None:
                raise RuntimeError("gunicorn did not start") from None
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn did not answer within 30 s")


def get(port: int, path: str, cookie: str) -> float:
    """Seconds that one GET takes, over a connection of its own. Raises RuntimeError unless it is answered with 200."""
    started = time.perf_counter()
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    link.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "identity"})
    answer = link.getresponse()
    answer.read()
    link.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return time.perf_counter() - started


def ask(port: int, path: str, cookie: str, requests: int, *, clients: int) -> list[float]:
    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(lambda _n: get(port, path, cookie), range(requests)))


def percentiles(seconds: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles([s * 1_000 for s in seconds], n=20)
    return cuts[9], cuts[18]


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def backends() -> list[int]:
    """The server processes of the measured database, when the server runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall()]


def cpu(pids: list[int]) -> float:
    """CPU milliseconds used so far by these processes; those that cannot be seen from here count as nothing."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total * 1_000 / TICKS
