"""Which row of a sheet is what: people, group rows that give the unit, totals, signatures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from app.spreadsheets.births import has_digit, read_birth
from app.spreadsheets.columns import Field, field_of
from app.spreadsheets.header import Header
from app.spreadsheets.sheets import Line, Sheet, Value, as_text

_ROMAN = r"[IVXLC]{1,6}"
_GROUP_NUMBER = re.compile(rf"^(?:{_ROMAN}|[A-ZĐ]|\d+(?:\.\d+)*|[*+•-])\s*[.)/:\-–]*\s+(?=\S)")
_LEADING_NUMERAL = re.compile(rf"^(?:{_ROMAN}|[A-ZĐ])\s*[.)/:\-–]\s*(?=\S)")
_GROUP_MARK = re.compile(rf"(?:{_ROMAN}|[A-ZĐ])[.)]?")
_GROUP_COUNT = re.compile(
    r"\s*(?:[:;,–—-]?\s*\(?\s*(?:gồm|có|:)?\s*\d+\s*"
    r"(?:đ/c|đồng chí|người|học viên|hv|đại biểu|đảng viên|cán bộ)\s*\)?|[:–—]\s*\d+|\(\d+\))"
    r"\s*[.:;]*$",
    re.IGNORECASE,
)
_SURELY_UNITS = (
    r"(?:xã|thị trấn|phường|thôn|khu phố|tổ dân phố|chi bộ|đảng bộ|đảng ủy|đảng uỷ|chi đoàn"
    r"|đoàn xã|cơ quan|thị xã|thành phố|công ty|trung tâm|ủy ban|uỷ ban|ubnd|ubmttq|mttq|công an"
    r"|quân sự|bch|đơn vị|chi cục|bệnh viện|trạm y tế|văn phòng|hợp tác xã|htx|doanh nghiệp"
    r"|trường (?:mầm non|tiểu học|trung học|phổ thông|chính trị|mn|th|thcs|thpt|ptdt)"
    r"|khối (?:đảng|mặt trận|đoàn thể|chính quyền|cơ quan)|hội (?:nông dân|phụ nữ|lhpn|ccb|cựu))\b"
)
"""Words that begin no name of a person."""
_SURE_UNIT = re.compile(rf"^{_SURELY_UNITS}", re.IGNORECASE)
_UNIT_WORDS = re.compile(
    rf"^(?:{_SURELY_UNITS}|(?:bản|xóm|ấp|làng|khu|khối|hội|phòng|ban|trường|huyện|tỉnh|cụm|nhóm|sở"
    r"|trạm|đồn|các)\b)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"^\(?(?:tổng(?: số| cộng|:|\s*$)|cộng\b|ấn định|danh sách (?:này|trên|gồm|có)"
    rf"|lưu ý|ghi chú|\*+\s(?!{_SURELY_UNITS}))",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^danh sách\b", re.IGNORECASE)
_PAGE = re.compile(
    r"^[-–—\s(]*(?:trang|page|tờ)(?: số)?[\s:]*\d+(?:\s*(?:/|of|trên)\s*\d+)?[-–—\s)]*$",
    re.IGNORECASE,
)
_BARE_PAGE = re.compile(r"[-–—\s(]*\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s)]*")
_PAGE_TURN = re.compile(
    r"^[(\s….-]*(?:(?:xem )?tiếp (?:theo|trang)\b|tiếp\s*\)|còn nữa\b|(?:mang|chuyển) sang\b)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^(?:người (?:lập|tổng hợp|ký|kiểm|viết)|lập (?:biểu|bảng)|cán bộ lập|xác nhận|thủ trưởng"
    r"|nơi nhận|t/m\b|tm\.|k/?t\.?\s|kt\.|tl\.|t/l\b|tuq\.|thay mặt|\(?ký\b|đã ký"
    r"|ban (?:thường vụ|chấp hành)$)",
    re.IGNORECASE,
)
_PLACE_AND_DATE = re.compile(
    r"^[^,]{0,60},?\s*ngày[\s\d.…_]*tháng[\s\d.…_]*năm[\s\d.…_]*$", re.IGNORECASE
)
_OFFICE = re.compile(
    r"(?:Q\.\s*)?(?:PHÓ )?(?:BÍ THƯ|CHỦ TỊCH|GIÁM ĐỐC|HIỆU TRƯỞNG|TRƯỞNG BAN|TRƯỞNG PHÒNG"
    r"|CHÁNH VĂN PHÒNG)(?: THƯỜNG TRỰC)?"
)


_NAMES = (Field.FULL_NAME, Field.FAMILY_MIDDLE, Field.MIDDLE, Field.GIVEN)


class Kind(Enum):
    """What a row of a sheet is."""

    PERSON = auto()
    NAME_ONLY = auto()
    NAMELESS = auto()
    GROUP = auto()
    TOTAL = auto()
    SIGNATURE = auto()
    TITLE = auto()
    NEW_TABLE = auto()
    OTHER = auto()


_PEOPLE = frozenset({Kind.PERSON, Kind.NAMELESS})
_CLOSING = frozenset({Kind.SIGNATURE, Kind.TITLE})


@dataclass(frozen=True)
class Entry:
    """A row that is a person, with the unit its group row gives."""

    line: Line
    unit: str = ""


@dataclass(frozen=True)
class Body:
    """The people of a table, and the rows below it that look like people of another one."""

    entries: tuple[Entry, ...]
    left_out: tuple[int, ...] = ()


def read_body(sheet: Sheet, header: Header) -> Body:
    """The rows of the table below a heading."""
    lines = [line for line in sheet.lines if line.number > header.last_row]
    kinds = [(line, kind_of(line, header)) for line in lines]
    if not header.rows:
        kinds = _without_titles(kinds)
    end = _end(kinds, header)
    left_out = tuple(line.number for line, kind in kinds[end:] if kind in _PEOPLE)
    return Body(tuple(_entries(kinds[:end])), left_out)


def _without_titles(kinds: list[tuple[Line, Kind]]) -> list[tuple[Line, Kind]]:
    """The rows of a table without a heading: of what stands above it, only groups count."""
    first = next((place for place, (_, kind) in enumerate(kinds) if kind in _PEOPLE), 0)
    return [one for one in kinds[:first] if one[1] is Kind.GROUP] + kinds[first:]


def kind_of(line: Line, header: Header) -> Kind:
    """What one row is, seen alone."""
    name = _name(line, header)
    is_numbered = is_number(_cell(line, header, Field.NUMBER))
    if is_numbered and name and not name.strip("()").isdecimal():
        is_group = _SURE_UNIT.match(group_unit(name)) and not _evidence(line, header)
        return Kind.GROUP if is_group else Kind.PERSON
    texts = [text for text in map(as_text, line.values) if text]
    if not texts or _is_numbers(texts) or _is_page_mark(texts) or header.repeats(line):
        return Kind.OTHER
    if is_numbered:
        return Kind.NAMELESS if _evidence(line, header) else Kind.OTHER
    if furniture := _furniture(texts, line, header):
        return furniture
    evidence = _evidence(line, header)
    if not name:
        return Kind.NAMELESS if evidence >= 2 else Kind.OTHER
    if not evidence and field_of(name) in _NAMES:
        return Kind.NEW_TABLE
    return Kind.PERSON if evidence else Kind.NAME_ONLY


def _furniture(texts: Sequence[str], line: Line, header: Header) -> Kind | None:
    """What a row without an STT is when it is no person."""
    if any(_TOTAL.match(text) for text in texts[:2]) and not _is_born(line, header):
        return Kind.TOTAL
    if len(texts) == 1 and _TITLE.match(texts[0]):
        return Kind.TITLE
    if _is_signature(texts, line, header):
        return Kind.SIGNATURE
    return Kind.GROUP if _is_group(texts, line, header) else None


def is_number(value: Value) -> bool:
    """Whether a cell of the STT column holds a number."""
    return as_text(value).rstrip(".)").isdecimal()


def group_unit(text: str) -> str:
    """The unit that a group row names, without its numbering and its count."""
    return _GROUP_COUNT.sub("", _GROUP_NUMBER.sub("", _LEADING_NUMERAL.sub("", text))).strip(
        " :.-–"
    )


def _entries(kinds: Sequence[tuple[Line, Kind]]) -> Iterator[Entry]:
    """The people, each with the unit of the group row above."""
    unit = ""
    is_closed = False
    for line, kind in kinds:
        is_closed = kind in _CLOSING or (is_closed and kind not in _PEOPLE)
        if kind is Kind.GROUP:
            unit = group_unit(max(map(as_text, line.values), key=len))
        elif kind in _PEOPLE or (kind is Kind.NAME_ONLY and not is_closed):
            yield Entry(line, unit)


def _end(kinds: Sequence[tuple[Line, Kind]], header: Header) -> int:
    """One past the last row of the table: what follows a signature must go on counting."""
    end = last_number = 0
    is_closed = any_person = False
    for place, (line, kind) in enumerate(kinds):
        is_closed = is_closed or kind in _CLOSING
        if kind is Kind.NEW_TABLE:
            break
        if kind not in _PEOPLE:
            continue
        number = _number(line, header)
        if is_closed and any_person and number != last_number + 1:
            break
        is_closed, any_person = False, True
        end, last_number = place + 1, number or last_number
    return _with_bare_names(kinds, end) if any_person else _end_of_names(kinds)


def _with_bare_names(kinds: Sequence[tuple[Line, Kind]], end: int) -> int:
    """Names without anything else still belong to the table while no row lies between."""
    while end < len(kinds) and kinds[end][1] is Kind.NAME_ONLY:
        if kinds[end][0].number != kinds[end - 1][0].number + 1:
            break
        end += 1
    return end


def _end_of_names(kinds: Sequence[tuple[Line, Kind]]) -> int:
    """The end of a table that holds nothing but names: where it is closed."""
    for place, (_, kind) in enumerate(kinds):
        if kind in _CLOSING or kind in (Kind.TOTAL, Kind.NEW_TABLE):
            return place
    return len(kinds)


def _evidence(line: Line, header: Header) -> int:
    """How much beside a name says that a row is a person."""
    born = (Field.BORN, Field.BORN_MALE, Field.BORN_FEMALE, Field.BIRTH_YEAR)
    numbers = (Field.IDENTITY_NUMBER, Field.OLD_IDENTITY_NUMBER, Field.PHONE, Field.CODE)
    with_digits = (*born, *numbers)
    found = sum(has_digit(_cell(line, header, field)) for field in with_digits)
    skipped = {*with_digits, Field.NUMBER, *_NAMES}
    others = [field for field in header.columns if field not in skipped]
    filled = sum(bool(as_text(_cell(line, header, field))) for field in others)
    return found * 2 + filled // 2


def _is_born(line: Line, header: Header) -> bool:
    """Whether a birth date stands where it belongs; a count is none."""
    return read_birth(_cell(line, header, Field.BORN)).value is not None


def _name(line: Line, header: Header) -> str:
    """What stands in the name columns."""
    return " ".join(filter(None, (as_text(_cell(line, header, field)) for field in _NAMES)))


def _cell(line: Line, header: Header, field: Field) -> Value:
    """The value of a field in a row; None when the table has no such column."""
    column = header.columns.get(field)
    return None if column is None else line.at(column)


def _number(line: Line, header: Header) -> int:
    """The STT of a row, 0 when it has none."""
    value = _cell(line, header, Field.NUMBER)
    return int(as_text(value).rstrip(".)")) if is_number(value) else 0


def _is_numbers(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 or (1), (2), (3) or A, B, 1, 2."""
    texts = [text.strip("()") for text in cells]
    digits = [int(text) for text in texts if text.isdecimal() and len(text) <= 3]
    letters = [text for text in texts if len(text) == 1 and text.isalpha()]
    in_order = all(later - earlier == 1 for earlier, later in pairwise(digits))
    return len(texts) > 2 and len(digits) > 1 and len(digits + letters) == len(texts) and in_order


def _is_page_mark(texts: Sequence[str]) -> bool:
    """Whether a row only says which page begins or ends."""
    if len(texts) == 1 and _BARE_PAGE.fullmatch(texts[0]):
        return True
    return bool(_PAGE.match(texts[0]) or _PAGE_TURN.match(texts[0]))


def _is_signature(texts: Sequence[str], line: Line, header: Header) -> bool:
    """Whether a row begins or belongs to the signature block."""
    born = header.columns.get(Field.BORN, -1)
    if born >= 0 and has_digit(line.at(born)) and not _PLACE_AND_DATE.match(line.text(born)):
        return False
    if any(_SIGNATURE.match(text) or _PLACE_AND_DATE.match(text) for text in texts):
        return True
    return len(texts) <= 2 and any(_OFFICE.fullmatch(text) for text in texts)


def _is_group(texts: Sequence[str], line: Line, header: Header) -> bool:
    """Whether a row is one text that names a unit, with or without a numeral before it."""
    words = [text for text in texts if not text.isdecimal() and not _GROUP_MARK.fullmatch(text)]
    if len(words) != 1 or has_digit(_cell(line, header, Field.BORN)):
        return False
    if len(words) < len(texts) and _GROUP_MARK.fullmatch(texts[0]):
        return True
    in_name = _name(line, header) == words[0]
    named = _LEADING_NUMERAL.match(words[0]) or _UNIT_WORDS.match(group_unit(words[0]))
    is_apart = bool(header.rows) and not in_name and _first(line) <= _name_column(header)
    return bool(named) or is_apart


def _first(line: Line) -> int:
    """The first column that holds something."""
    return next(column for column in range(len(line.values)) if line.text(column))


def _name_column(header: Header) -> int:
    """The first column of the name."""
    return min(header.columns[field] for field in _NAMES if field in header.columns)
