"""Commands of ours as processes of their own, and waiting for what they do."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60
PAUSE_S = 0.05
END = "(it has ended)"


class Command:
    """A running command, and the lines it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._queue: Queue[str] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, words: str) -> str:
        """The first line that holds `words`. Raises `AssertionError` when it does not come."""
        while True:
            try:
                line = self._queue.get(timeout=PATIENCE_S)
            except Empty:
                break
            self.lines.append(line)
            if words in line:
                return line
            if line is END:
                break
        raise AssertionError(f"never said {words!r}: {self.lines}")

    def stop(self, sign: signal.Signals, *, whole_group: bool = False) -> int:
        """Tell it to stop, as a terminal would (`whole_group`) or a service manager."""
        send = os.killpg if whole_group else os.kill
        send(self.process.pid, sign)
        return self.process.wait(timeout=PATIENCE_S)

    def session(self) -> set[int]:
        """The processes that belong to it, however far down; dead ones do not count."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,stat=", "-s", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        lines = (line.split() for line in listed.stdout.splitlines())
        return {int(pid) for pid, state in lines if not state.startswith("Z")}

    def _read(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as said:
            for line in said:
                self._queue.put(line)
        self._queue.put(END)


@contextmanager
def running(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Command]:
    """Run a command in the project's folder, in a session of its own."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    started = Command(process)
    try:
        yield started
    finally:
        for pid in started.session() | {process.pid}:
            _kill(pid)
        process.wait()


def until(found: Callable[[], bool]) -> None:
    """Look again and again until it is so. Raises `AssertionError` when it never is."""
    pause = Event()
    for _ in range(int(PATIENCE_S / PAUSE_S)):
        if found():
            return
        pause.wait(PAUSE_S)
    raise AssertionError(f"not so within {PATIENCE_S} seconds")


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
