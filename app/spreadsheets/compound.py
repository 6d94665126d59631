"""Compound files (MS-CFB), the container of .xls: the bytes of a stream by its name."""

import struct
from collections.abc import Iterator

from app.spreadsheets.sheets import UnreadableFile

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFF0
_STREAM, _ROOT = 2, 5
_MOST_ENTRIES = 4096


class Compound:
    """A compound file; damaged chains end where they break."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(SIGNATURE):
            raise UnreadableFile("Tệp Excel cũ bị hỏng. Xin gửi lại tệp.", "corrupt")
        self._data = data
        self._size = 1 << min(self._number(30, "H"), 12)
        self._mini_size = 1 << min(self._number(32, "H"), 12)
        self._cutoff = self._number(56)
        self._table = self._sector_table()
        self._mini_table = self._numbers(self._chain(self._number(60)))
        self._entries = dict(self._directory())
        start, _ = self._entries.get("", (_LAST_SECTOR, 0))
        self._mini = self._chain(start)

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams."""
        return frozenset(self._entries) - {""}

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; nothing when there is none of that name."""
        start, size = self._entries.get(name, (_LAST_SECTOR, 0))
        if size >= self._cutoff:
            return self._chain(start)[:size]
        step = self._mini_size
        places = self._follow(start, self._mini_table)
        return b"".join(self._mini[place * step : (place + 1) * step] for place in places)[:size]

    def _number(self, place: int, kind: str = "I") -> int:
        return int(struct.unpack_from(f"<{kind}", self._data, place)[0])

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _numbers(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _sector_table(self) -> tuple[int, ...]:
        """The table that says which sector follows which."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        following = self._number(68)
        most = len(self._data) // self._size
        while following < _LAST_SECTOR and len(sectors) <= most:
            numbers = self._numbers(self._sector(following))
            if not numbers:
                break
            sectors += numbers[:-1]
            following = numbers[-1]
        used = [number for number in sectors if number < _LAST_SECTOR][:most]
        return self._numbers(b"".join(map(self._sector, used)))

    def _follow(self, start: int, table: tuple[int, ...]) -> Iterator[int]:
        """The places of a chain in order; a ring is walked once."""
        for _ in range(len(table)):
            if start >= len(table):
                return
            yield start
            start = table[start]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._follow(start, self._table)))

    def _directory(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """First sector and size of every stream by name; the root is called ""."""
        data = self._chain(self._number(48))
        for place in range(0, min(len(data), _MOST_ENTRIES * _ENTRY) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", data, place + 64)
            start, size = struct.unpack_from("<II", data, place + 116)
            name = data[place : place + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind in (_STREAM, _ROOT):
                yield "" if kind == _ROOT else name, (start, size)
