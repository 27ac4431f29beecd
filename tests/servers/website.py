"""The app on a port of this machine, for a browser to visit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

POLL_S = 0.02


class Quiet(WSGIRequestHandler):
    # One request a connection: when a test ends, nothing hangs on to the server.
    protocol_version = "HTTP/1.0"
    timeout = 10

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """The app has a log of its own."""


@contextmanager
def website(app: Flask, host: str) -> Iterator[str]:
    """Serve `app` while inside; yields its address."""
    server = ThreadedWSGIServer("127.0.0.1", 0, app, Quiet)
    server.daemon_threads = False
    thread = Thread(target=server.serve_forever, args=(POLL_S,))
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
