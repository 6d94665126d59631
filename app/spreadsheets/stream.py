"""Reading a part of a workbook bit by bit, under limits, with progress and a way to stop."""

from time import monotonic
from typing import IO

from app.spreadsheets.sheets import Progress, ReadingCancelled, UnreadableFile

MAX_SECONDS = 30
MAX_PART = 4 * 1024 * 1024
"""Bytes of XML between two complete rows or strings; all of it is in memory at once."""

_CHUNK = 65_536


class Stream:
    """The bytes of a part under limits of time and of what is held at once, with progress."""

    def __init__(self, part: IO[bytes], size: int, progress: Progress | None = None) -> None:
        self._part = part
        self._size = size
        self._progress = progress
        self._deadline = monotonic() + MAX_SECONDS
        self._done = 0
        self._held = 0

    def read(self, amount: int = _CHUNK) -> bytes:
        """The next bytes, a chunk at most."""
        data = self._part.read(min(amount, _CHUNK) if amount > 0 else _CHUNK)
        self._done += len(data)
        self._held += len(data)
        if self._held > MAX_PART or monotonic() > self._deadline:
            text = "Tệp quá lớn, không đọc hết được. Chép danh sách sang tệp mới."
            raise UnreadableFile(text, "too_large")
        if self._progress and not self._progress(self._done, self._size):
            raise ReadingCancelled
        return data

    def part_done(self) -> None:
        """A row or a string is complete: what came before it is no longer held."""
        self._held = 0
