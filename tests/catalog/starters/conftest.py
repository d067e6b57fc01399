"""A rendered app, served as any static web server would."""

import functools
import http.server
import threading

import pytest

from catalog.templating import tree


@pytest.fixture
def serve(tmp_path):
    """Serves an app as any static web server would."""
    servers = []

    class Quiet(http.server.SimpleHTTPRequestHandler):
        extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}

        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    def start(made):
        tree.write(made, tmp_path)
        handler = functools.partial(Quiet, directory=str(tmp_path))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()
