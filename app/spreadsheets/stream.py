"""Reading a part of a workbook bit by bit, under limits, with progress and a way to stop."""

from typing import IO
from xml.etree.ElementTree import ParseError

from app.spreadsheets.limits import Deadline
from app.spreadsheets.sheets import UnreadableFile

MAX_PART = 4 * 1024 * 1024
"""Bytes of XML between two complete rows or strings; all of it is in memory at once."""

MAX_TAGS = 300_000
"""Tags between two complete rows or strings; each is an object many times its size."""

_CHUNK = 65_536
_DOCUMENT_TYPE = b"<!DOCTYPE"


class Stream:
    """The bytes of a part under limits of time and of what is held at once, with progress."""

    def __init__(self, part: IO[bytes], deadline: Deadline) -> None:
        self._part = part
        self._deadline = deadline
        self._done = 0
        self._held = 0
        self._tags = 0
        self._end = b""

    def read(self, amount: int = _CHUNK) -> bytes:
        """The next bytes, a chunk at most."""
        data = self._part.read(min(amount, _CHUNK) if amount > 0 else _CHUNK)
        self._done += len(data)
        self._held += len(data)
        self._tags += data.count(b"<")
        if self._held > MAX_PART or self._tags > MAX_TAGS:
            text = "Tệp quá lớn, không đọc hết được. Chép danh sách sang tệp mới."
            raise UnreadableFile(text, "too_large")
        self._refuse_document_type(data)
        self._deadline.check(self._done)
        return data

    def _refuse_document_type(self, data: bytes) -> None:
        """No program writes one into a workbook; its entities would grow without bounds."""
        seen = self._end + data.replace(b"\0", b"")
        if _DOCUMENT_TYPE in seen:
            raise ParseError("a document type")
        self._end = seen[-len(_DOCUMENT_TYPE) :]

    def part_done(self) -> None:
        """A row or a string is complete: what came before it is no longer held."""
        self._held = self._tags = 0
