"""What an .xls says before its first sheet: sheets, fonts, formats, strings, epoch."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl.styles.numbers import builtin_format_code

from app.spreadsheets.biff import BOF, CONTINUE, Script, records
from app.spreadsheets.biff_strings import FontRun, read_strings
from app.spreadsheets.limits import Deadline
from app.spreadsheets.sheets import EXCEL_EPOCH, CellStyle, RichText, SheetName

EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet's dates have no time zone

_BOUNDSHEET, _DATEMODE, _CODE_PAGE, _FILEPASS = 0x85, 0x22, 0x42, 0x2F
_FONT, _FORMAT, _OLD_FORMAT, _XF = 0x31, 0x41E, 0x1E, 0xE0
_STRINGS = 0xFC
_STRUCK = 0x08
_SKIPPED_FONT = 4


class Encrypted(Exception):  # noqa: N818 - said to people as a sentence
    """The workbook has a password."""


@dataclass
class Globals:
    """The records before the first sheet."""

    script: Script = field(default_factory=Script)
    sheets: dict[SheetName, int] = field(default_factory=dict)
    styles: dict[int, CellStyle] = field(default_factory=dict)
    strings: list[str] = field(default_factory=list)
    epoch: datetime = EXCEL_EPOCH
    _fonts: list[tuple[str, bool]] = field(default_factory=list)
    _formats: dict[int, str] = field(default_factory=dict)

    def rich(self, runs: Iterable[FontRun]) -> str:
        """The text of some runs, with their fonts where they name any."""
        named = [(text, self._font(font)[0]) for text, font in runs]
        if any(font for _, font in named):
            return RichText.of(named)
        return "".join(text for text, _ in named)

    def take(self, kind: int, data: bytes) -> None:
        """Take in a record of any kind."""
        if kind == BOF:
            self.script.begin(data)
        elif kind == _CODE_PAGE:
            self.script.take_code_page(data)
        elif kind == _FILEPASS:
            raise Encrypted
        elif kind == _FONT:
            is_struck = bool(struct.unpack_from("<H", data, 2)[0] & _STRUCK)
            self._fonts.append((self.script.short_text(data, 14), is_struck))
        elif kind in (_FORMAT, _OLD_FORMAT):
            self._format(data)
        elif kind == _XF:
            self._style(*struct.unpack_from("<HH", data))
        elif kind == _BOUNDSHEET:
            self._sheet(data)
        elif kind == _DATEMODE and struct.unpack_from("<H", data)[0]:
            self.epoch = EPOCH_1904

    def _format(self, data: bytes) -> None:
        number = struct.unpack_from("<H", data)[0]
        is_long = self.script.is_biff8
        script = self.script
        self._formats[number] = script.text(data, 2)[0] if is_long else script.short_text(data, 2)

    def _style(self, font: int, number_format: int) -> None:
        name, is_struck = self._font(font)
        code = self._formats.get(number_format) or builtin_format_code(number_format)
        self.styles[len(self.styles)] = CellStyle(code or "General", name, is_struck)

    def _sheet(self, data: bytes) -> None:
        start, state, kind = struct.unpack_from("<IBB", data)
        if not kind:
            self.sheets[SheetName(self.script.short_text(data, 6), bool(state & 3))] = start

    def _font(self, number: int) -> tuple[str, bool]:
        """Name of a font and whether it is struck; fonts are counted without a number four."""
        place = number - (number > _SKIPPED_FONT)
        return self._fonts[place] if 0 <= place < len(self._fonts) else ("", False)


def read_globals(stream: bytes, deadline: Deadline) -> Globals:
    """What stands before the first sheet."""
    book = Globals()
    strings: list[bytes] = []
    last = 0
    for kind, data in records(stream, 0, deadline):
        if kind == _STRINGS or (kind == CONTINUE and last == _STRINGS):
            strings.append(data)
            kind = _STRINGS
        last = kind
        book.take(kind, data)
    book.strings = [book.rich(runs) for runs in read_strings(strings)] if strings else []
    return book
