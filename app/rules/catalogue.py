"""The programme catalogue as a text file: parsing and checking (RULES R02, §2.2–2.4)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar, cast

from app.errors import InputError
from app.rules.attendance import AttendanceRule
from app.rules.classification import Band, check_bands
from app.rules.eligibility import ResultRule
from app.terms import CompletionDocument, CountingUnit, SessionKind, Term
from app.text import clean

Table = Mapping[str, object]
"""One table of the parsed file."""

Word = TypeVar("Word", bound=Term)
"""A closed vocabulary."""

_ASSUMED_WORDS = {
    "basis": "văn bản làm căn cứ",
    "titles": "tên bài, chuyên đề",
    "length": "số tiết, số buổi",
    "attendance": "tỷ lệ dự học",
    "pass_mark": "mức điểm đạt",
    "bands": "thang xếp loại",
    "assessment": "hình thức kiểm tra",
    "document": "loại giấy cấp",
}
_PROGRAMME_KEYS = {
    *("code", "name", "short_name", "certificate_title", "document", "active", "report_group"),
    *("legal_basis", "valid_from", "assessment_name", "is_assessed", "periods", "sessions"),
    *("assumed", "topics"),
}


@dataclass(frozen=True)
class CatalogueTopic:
    """One piece of a programme; `periods` in tiết over `sessions` buổi."""

    title: str
    kind: SessionKind
    periods: int
    sessions: int


@dataclass(frozen=True)
class CatalogueProgramme:
    """A programme as the catalogue seeds it, with its first version."""

    code: str
    name: str
    short_name: str
    certificate_title: str
    document: CompletionDocument
    is_active: bool
    report_group: str
    legal_basis: str
    valid_from: date | None
    topics: tuple[CatalogueTopic, ...]
    rule: ResultRule
    assumed: tuple[str, ...] = field(default=())

    @property
    def periods(self) -> int:
        """Total periods."""
        return sum(topic.periods for topic in self.topics)

    @property
    def sessions(self) -> int:
        """Total class sessions."""
        return sum(topic.sessions for topic in self.topics)

    @property
    def assumptions(self) -> str:
        """What the centre has still to confirm, in words: "tên bài, chuyên đề; tỷ lệ dự học"."""
        return "; ".join(_ASSUMED_WORDS[key] for key in self.assumed)


def parse_catalogue(text: str) -> tuple[CatalogueProgramme, ...]:
    """Read the catalogue; anything wrong is refused with the programme and the field (R02)."""
    try:
        content: Table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"Tệp danh mục chương trình sai cú pháp: {error}.") from error
    defaults = _table(content, "defaults", "danh mục")
    programmes = tuple(_programme(row, defaults) for row in _tables(content, "programmes", "gốc"))
    codes = [programme.code for programme in programmes]
    if repeated := {code for code in codes if codes.count(code) > 1}:
        raise InputError(f"Danh mục có mã chương trình trùng: {', '.join(sorted(repeated))}.")
    return programmes


def _programme(row: Table, defaults: Table) -> CatalogueProgramme:
    """One programme, its sums and assumed fields checked."""
    code = _text(row, "code", "chương trình")
    if unknown := sorted(set(row) - _PROGRAMME_KEYS):
        raise InputError(f"Chương trình {code}: không hiểu mục {', '.join(unknown)}.")
    programme = CatalogueProgramme(
        code=code,
        name=_text(row, "name", code),
        short_name=_text(row, "short_name", code),
        certificate_title=_text(row, "certificate_title", code),
        document=_term(CompletionDocument, _text(row, "document", code), code),
        is_active=bool(row.get("active", True)),
        report_group=_text(row, "report_group", code),
        legal_basis=clean(str(row.get("legal_basis", ""))),
        valid_from=_day(row, code),
        topics=tuple(_topic(topic, code) for topic in _tables(row, "topics", code)),
        rule=_rule(row, defaults, code),
        assumed=_assumed(row, code),
    )
    _check_sums(programme, row)
    return programme


def _topic(row: Table, code: str) -> CatalogueTopic:
    """One topic with at least one period in each of its sessions."""
    title = _text(row, "title", code)
    periods, sessions = _count(row, "periods", code), _count(row, "sessions", code)
    if not 1 <= sessions <= periods:
        raise InputError(f"Chương trình {code}, “{title}”: số tiết hoặc số buổi không hợp lý.")
    return CatalogueTopic(
        title, _term(SessionKind, _text(row, "kind", code), code), periods, sessions
    )


def _rule(row: Table, defaults: Table, code: str) -> ResultRule:
    """The default limits (R07–R10); a programme without assessment has no bands."""
    is_assessed = bool(row.get("is_assessed", True))
    unit = _term(CountingUnit, _text(defaults, "unit", "mặc định"), "mặc định")
    return ResultRule(
        attendance=AttendanceRule(_number(defaults, "minimum_share"), unit),
        is_assessed=is_assessed,
        pass_mark=_number(defaults, "pass_mark"),
        mark_places=_count(defaults, "mark_places", "mặc định"),
        bands=_bands(defaults) if is_assessed else (),
        assessment_name=_text(row, "assessment_name", code) if is_assessed else "",
    )


def _bands(defaults: Table) -> tuple[Band, ...]:
    """The default bands, checked."""
    bands = tuple(
        Band(
            _text(row, "name", "xếp loại"),
            _number(row, "lower"),
            passes=bool(row.get("passes")),
            counts_as_good=bool(row.get("counts_as_good")),
        )
        for row in _tables(defaults, "bands", "mặc định")
    )
    check_bands(bands)
    return bands


def _check_sums(programme: CatalogueProgramme, row: Table) -> None:
    """The stated totals equal the sums of the topics (R02)."""
    stated = _count(row, "periods", programme.code), _count(row, "sessions", programme.code)
    if stated != (programme.periods, programme.sessions):
        raise InputError(
            f"Chương trình {programme.code}: ghi {stated[0]} tiết, {stated[1]} buổi nhưng cộng các"
            f" nội dung được {programme.periods} tiết, {programme.sessions} buổi."
        )


def _assumed(row: Table, code: str) -> tuple[str, ...]:
    """The fields that the centre has still to confirm."""
    keys = row.get("assumed", [])
    if not isinstance(keys, list) or not _ASSUMED_WORDS.keys() >= set(keys):
        raise InputError(f"Chương trình {code}: mục assumed không hợp lý.")
    return tuple(keys)


def _text(row: Table, key: str, where: str) -> str:
    """A text that must be there."""
    value = row.get(key)
    if not isinstance(value, str) or not clean(value):
        raise InputError(f"Danh mục chương trình, {where}: thiếu mục {key}.")
    return clean(value)


def _count(row: Table, key: str, where: str) -> int:
    """A whole number that must be there."""
    value = row.get(key)
    if not isinstance(value, int):
        raise InputError(f"Danh mục chương trình, {where}: mục {key} phải là số nguyên.")
    return value


def _number(row: Table, key: str) -> Decimal:
    """A decimal number written as text, so that it stays exact."""
    try:
        return Decimal(_text(row, key, "mặc định"))
    except InvalidOperation as error:
        raise InputError(f"Danh mục chương trình, mặc định: mục {key} phải là số.") from error


def _day(row: Table, code: str) -> date | None:
    """The day a programme is valid from, when known."""
    value = row.get("valid_from")
    if value is None or type(value) is date:
        return value
    raise InputError(f"Chương trình {code}: valid_from phải là ngày, ví dụ 2022-06-16.")


def _term(kind: type[Word], code_word: str, where: str) -> Word:
    """A member of a closed vocabulary."""
    for word in kind:
        if word == code_word:
            return word
    raise InputError(f"Danh mục chương trình, {where}: không có từ “{code_word}”.")


def _table(row: Table, key: str, where: str) -> Table:
    """A table that must be there."""
    value = row.get(key)
    if not isinstance(value, dict):
        raise InputError(f"Danh mục chương trình, {where}: thiếu bảng {key}.")
    return cast(Table, value)


def _tables(row: Table, key: str, where: str) -> list[Table]:
    """A list of tables with at least one row."""
    value = row.get(key)
    if not isinstance(value, list) or not value:
        raise InputError(f"Danh mục chương trình, {where}: thiếu danh sách {key}.")
    return cast(list[Table], value)
