"""The words of rows that are no people: groups, totals, titles, page marks, signatures."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

_ROMAN = r"[IVXLC]{1,6}"
_GROUP_NUMBER = re.compile(rf"^(?:{_ROMAN}|[A-ZĐ]|\d+(?:\.\d+)*|[*+•-])\s*[.)/:\-–]*\s+(?=\S)")
_LEADING_NUMERAL = re.compile(rf"^(?:{_ROMAN}|[A-ZĐ])\s*[.)/:\-–]\s*(?=\S)")
_GROUP_MARK = re.compile(rf"(?:{_ROMAN}|[A-ZĐ])[.)/:]?")
_GROUP_COUNT = re.compile(
    r"\s*(?:[:;,–—-]?\s*\(?\s*(?:gồm|có|:)?\s*\d+\s*"
    r"(?:đ/c|đồng chí|người|học viên|hv|đại biểu|đảng viên|cán bộ)\s*\)?|[:–—]\s*\d+|\(\d+\))"
    r"\s*[.:;]*$",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\(?\s*\d+\s*(?:đ/c|đồng chí|người|học viên|hv|đại biểu|đảng viên|cán bộ)?\s*\)?",
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
_SURE_TOTAL = re.compile(r"^(?:tổng (?:số|cộng)\b|(?:tổng|cộng)\s*:?$)", re.IGNORECASE)
_TITLE = re.compile(
    r"^(?:danh sách|tổng hợp|thống kê|(?:bảng|biểu) (?:tổng hợp|thống kê))\b", re.IGNORECASE
)
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
    r"^(?:người (?:lập|tổng hợp|thống kê|ký|kiểm|viết|duyệt|phê duyệt|báo cáo|đề nghị|nhận)"
    r"|lập (?:biểu|bảng)|cán bộ lập|xác nhận|thủ trưởng|chi ủy(?: chi bộ)?$"
    r"|nơi nhận|t\s?[./]\s?m\b|tm\.|k/?t\.?\s|kt\.|tl\.|t/l\b|tuq\.|thay mặt|\(?ký\b|đã ký"
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


def group_unit(text: str) -> str:
    """The unit that a group row names, without its numbering and its count."""
    return _GROUP_COUNT.sub("", _GROUP_NUMBER.sub("", _LEADING_NUMERAL.sub("", text))).strip(
        " :.-–"
    )


def names_unit(text: str) -> bool:
    """Whether a text has a numeral before it or begins like a unit."""
    return bool(_LEADING_NUMERAL.match(text) or _UNIT_WORDS.match(group_unit(text)))


def is_surely_unit(text: str) -> bool:
    """Whether a text begins like a unit and like no person."""
    return bool(_SURE_UNIT.match(group_unit(text)))


def is_group_mark(text: str) -> bool:
    """Whether a text is the numeral of a group."""
    return bool(_GROUP_MARK.fullmatch(text))


def group_words(texts: Iterable[str]) -> list[str]:
    """The texts of a row without numerals and counts."""
    return [text for text in texts if not is_group_mark(text) and not _COUNT.fullmatch(text)]


def is_total(text: str) -> bool:
    """Whether a text begins a total or a note below the table."""
    return bool(_TOTAL.match(text))


def is_surely_total(text: str) -> bool:
    """Whether a text begins a total and no name."""
    return bool(_SURE_TOTAL.match(text))


def is_title(text: str) -> bool:
    """Whether a text is the title of a table."""
    return bool(_TITLE.match(text))


def is_place_and_date(text: str) -> bool:
    """Whether a text says where and when a paper was signed."""
    return bool(_PLACE_AND_DATE.match(text))


def is_signature(texts: Sequence[str]) -> bool:
    """Whether the texts of a row begin a signature block or belong to it."""
    if any(_SIGNATURE.match(text) or _PLACE_AND_DATE.match(text) for text in texts):
        return True
    return len(texts) <= 2 and any(_OFFICE.fullmatch(text) for text in texts)


def says_nothing(texts: Sequence[str]) -> bool:
    """Whether a row numbers columns or pages, or says how to fill them in."""
    return are_column_numbers(texts) or is_page_mark(texts) or is_instruction(texts)


def is_instruction(texts: Sequence[str]) -> bool:
    """Whether a row says below a heading how to fill it in: (dd/mm/yyyy), (Nam/Nữ)."""
    return len(texts) > 1 and all(text[0] == "(" and text[-1] == ")" for text in texts)


def is_page_mark(texts: Sequence[str]) -> bool:
    """Whether the texts of a row only say which page begins or ends."""
    if len(texts) == 1 and _BARE_PAGE.fullmatch(texts[0]):
        return True
    return bool(_PAGE.match(texts[0]) or _PAGE_TURN.match(texts[0]))


def are_column_numbers(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 or (1), (2), (3) or A, B, 1, 2."""
    texts = [text.strip("()") for text in cells]
    digits = [int(text) for text in texts if text.isdecimal() and len(text) <= 3]
    letters = [text for text in texts if len(text) == 1 and text.isalpha()]
    in_order = all(later - earlier == 1 for earlier, later in pairwise(digits))
    return len(texts) > 2 and len(digits) > 1 and len(digits + letters) == len(texts) and in_order
