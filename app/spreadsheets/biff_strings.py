"""The shared strings of a BIFF8 workbook, with the runs that have fonts of their own."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08
MAX_STRINGS = 500_000

FontRun = tuple[str, int]
"""A piece of a text and the number of its font; -1 is the font of the cell."""


@dataclass
class _Bytes:
    """Bytes cut into records; where text is cut, the next record says anew how wide it is."""

    parts: Sequence[bytes]
    part: int = 0
    place: int = 0

    def take(self, size: int) -> bytes:
        """The next bytes, over as many records as they fill."""
        taken = b""
        while size > len(taken):
            self._next_when_done()
            piece = self.parts[self.part][self.place : self.place + size - len(taken)]
            self.place += len(piece)
            taken += piece
        return taken

    def number(self, kind: str) -> int:
        """The next number of a kind of struct."""
        return int(struct.unpack(f"<{kind}", self.take(struct.calcsize(kind)))[0])

    def text(self, length: int, *, is_wide: bool) -> str:
        """The next characters."""
        wide = b""
        while len(wide) < length * 2:
            if self._next_when_done():
                is_wide = bool(self.number("B") & _WIDE)
            size = 2 if is_wide else 1
            left = (len(self.parts[self.part]) - self.place) // size
            piece = self.take(min(length - len(wide) // 2, max(left, 1)) * size)
            wide += piece if is_wide else piece.decode("latin-1").encode("utf-16-le")
        return wide.decode("utf-16-le", "replace")

    def _next_when_done(self) -> bool:
        """Go on to the next record at the end of one; whether that was necessary."""
        is_done = self.place >= len(self.parts[self.part])
        while self.place >= len(self.parts[self.part]):
            self.part, self.place = self.part + 1, 0
        return is_done


def read_strings(parts: Sequence[bytes]) -> list[tuple[FontRun, ...]]:
    """The strings as runs; a damaged table ends where it breaks."""
    found: list[tuple[FontRun, ...]] = []
    source = _Bytes(parts)
    try:
        source.number("I")
        for _ in range(min(source.number("I"), MAX_STRINGS)):
            found.append(_string(source))
    except (IndexError, struct.error):
        return found
    return found


def _string(source: _Bytes) -> tuple[FontRun, ...]:
    """One string."""
    length, options = source.number("H"), source.number("B")
    count = source.number("H") if options & _RICH else 0
    extra = source.number("I") if options & _EXTENDED else 0
    text = source.text(length, is_wide=bool(options & _WIDE))
    marks = [(source.number("H"), source.number("H")) for _ in range(count)]
    source.take(extra)
    return runs_of(text, marks)


def runs_of(text: str, marks: Sequence[tuple[int, int]]) -> tuple[FontRun, ...]:
    """The pieces of a text between the places where its font changes."""
    places = [(0, -1), *marks]
    ends = [place for place, _ in places[1:]] + [len(text)]
    pieces = [(text[start:end], font) for (start, font), end in zip(places, ends, strict=True)]
    return tuple((piece, font) for piece, font in pieces if piece)
