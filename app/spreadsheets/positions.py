"""One text that holds a position and the unit after it, taken apart where that is certain."""

import re

_SEPARATOR = re.compile(r"\s*[,;]\s+|\s+[-–]\s+")
_UNIT = re.compile(
    r"(?:xã|phường|thị trấn|đặc khu|huyện|thành phố|tỉnh|thôn|bản|xóm|tổ dân phố|khu phố|khối phố"
    r"|trường|trạm|trung tâm|chi bộ|đảng bộ|đảng ủy|đảng uỷ|ubnd|ủy ban|uỷ ban|hợp tác xã|htx"
    r"|công ty)\s+(?!đội\b)",
    re.IGNORECASE,
)


def split(text: str) -> tuple[str, str]:
    """Return position and unit; a text in which no unit follows a position is the unit.

    "Bí thư chi bộ, Trưởng thôn, Xã Bình La" holds both, "Trường Tiểu học, xã Bình La" does not.
    """
    if _UNIT.match(text):
        return "", text
    for gap in _SEPARATOR.finditer(text):
        if _UNIT.match(text, gap.end()):
            return text[: gap.start()], text[gap.end() :]
    return "", text
