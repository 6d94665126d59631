"""The records of an .xls (BIFF5, BIFF8) and the texts in them; layouts after [MS-XLS]."""

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from app.spreadsheets.limits import Deadline

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
_BIFF8 = 0x0600
_WIDE = 0x01
_LATIN = "cp1252"
_MAC_PAGES = {10000: "mac_roman", 32768: "mac_roman", 32769: _LATIN}
_CHECKED = 4096

Record = tuple[int, bytes]


def records(stream: bytes, place: int, deadline: Deadline) -> Iterator[Record]:
    """The records from a place up to the end of their part; EOFError when it has none."""
    count = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == EOF:
            return
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size
        count += 1
        if count % _CHECKED == 0:
            deadline.check(place)
    raise EOFError


@dataclass
class Script:
    """How texts are written: BIFF8 has Unicode, BIFF5 the bytes of a code page."""

    is_biff8: bool = True
    encoding: str = _LATIN

    def begin(self, data: bytes) -> None:
        """Take in the record that begins a part."""
        self.is_biff8 = struct.unpack_from("<H", data)[0] == _BIFF8

    def take_code_page(self, data: bytes) -> None:
        """Take in the code page; one that is unknown is the western one."""
        number = struct.unpack_from("<H", data)[0]
        name = _MAC_PAGES.get(number, f"cp{number}")
        try:
            self.encoding = codecs.lookup(name).name
        except LookupError:
            self.encoding = _LATIN

    def short_text(self, data: bytes, place: int) -> str:
        """A text whose length is one byte."""
        return self._text(data, place + 1, data[place], self.encoding)[0]

    def text(self, data: bytes, place: int, *, is_latin: bool = False) -> tuple[str, int]:
        """A text whose length is two bytes, and where it ends."""
        length = struct.unpack_from("<H", data, place)[0]
        return self._text(data, place + 2, length, _LATIN if is_latin else self.encoding)

    def _text(self, data: bytes, place: int, length: int, encoding: str) -> tuple[str, int]:
        """A text of so many characters; in BIFF8 a byte says whether they are wide."""
        if self.is_biff8:
            encoding = "utf-16-le" if data[place] & _WIDE else "latin-1"
            place += 1
        end = place + length * (2 if encoding == "utf-16-le" else 1)
        return data[place:end].decode(encoding, "replace"), end
