"""A program of its own that can be killed: forked from a process that has imported everything."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

READY = "ready"
PATIENCE = 60.0
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.torture.warm"])

Work = Callable[..., None]


class Child:
    """Runs `work(connection, *arguments)`; what it sends is what it promised to keep."""

    def __init__(self, work: Work, *arguments: object) -> None:
        self._here, there = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=work, args=(there, *arguments), daemon=True)
        self._process.start()
        there.close()

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()
        self._here.close()
        self._process.close()

    def tell(self, message: object) -> None:
        """Let the child read something."""
        self._here.send(message)

    def hear(self) -> Any:
        """Return the next message; EOFError when the child has ended."""
        if not self._here.poll(PATIENCE):
            raise TimeoutError("the child says nothing")
        return self._here.recv()

    def kill(self) -> list[Any]:
        """End the child as a power button would (SIGKILL); return what it had said before."""
        self._process.kill()
        self._process.join()
        return list(_rest(self._here))

    def finish(self) -> list[Any]:
        """Wait for the child's own end; return what it had said."""
        said = list(_rest(self._here))
        self._process.join(PATIENCE)
        assert self._process.exitcode == 0
        return said


def _rest(connection: Connection) -> Iterator[Any]:
    while True:
        try:
            yield connection.recv()
        except (EOFError, OSError):
            return


def wait_for(path: Path, seconds: float) -> bool:
    """Wait until a file is there; False when it did not come in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if path.exists():
            return True
    return False
