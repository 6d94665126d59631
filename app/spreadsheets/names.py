"""Names as written: tidied, never re-cased silently, refused when they are no names."""

import re
import unicodedata
from collections.abc import Sequence

from app.spreadsheets.findings import Finding, Reading, shown
from app.spreadsheets.sheets import Value, as_text
from app.text import proper_case

LONGEST = 100
_PLAIN = re.compile(r"[A-Za-zÀ-ɏẠ-ỹ\u0300-\u036f '’.\-]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏẠ-ỹＡ-Ｚａ-ｚ]")
_NUMBERING = re.compile(r"^(?:\d{1,4}\s*[.)]|[-–+*•])\s+(?=[^\W\d])")

Name = Reading[str]


def read_name(parts: Sequence[Value], *, is_written_so: bool = True) -> Name:
    """The full name from one cell, or from the cells it is split into.

    `is_written_so` is false when cleaning changed what stood in a cell.
    """
    texts = [as_text(part) for part in parts]
    name = _NUMBERING.sub("", " ".join(text for text in texts if text))
    if not name:
        text = "Thiếu họ tên. Ghi họ tên hoặc xóa dòng này trong danh sách."
        return Reading("", (Finding("missing_name", text, is_error=True),))
    if problem := _refusal(name):
        return Reading(name, (Finding("invalid_name", problem, is_error=True),))
    return Reading(name, tuple(_remarks(name, is_written_so=is_written_so)))


def _refusal(name: str) -> str:
    """Why a text cannot be a name; empty when it can."""
    if len(name) > LONGEST:
        return f"Họ tên dài {len(name)} ký tự, không in được. Ghi lại cho đúng."
    if not _LATIN.search(name):
        return f"{shown(name)} không phải họ tên. Ghi lại cho đúng."
    odd = [letter for letter in name if unicodedata.category(letter) in ("So", "Co", "Cn", "Cs")]
    if odd:
        return f"Họ tên có ký hiệu “{odd[0]}” không in được. Ghi lại cho đúng."
    return ""


def _remarks(name: str, *, is_written_so: bool) -> list[Finding]:
    """What the clerk should see about a name that is taken."""
    remarks = []
    if not _PLAIN.fullmatch(name):
        text = f"Họ tên {shown(name)} có ký tự lạ. Kiểm tra lại."
        remarks.append(Finding("odd_name", text))
    elif name.isupper() and len(name) > 1:
        text = f"Họ tên viết hoa toàn bộ. Đề nghị “{proper_case(name)}”."
        remarks.append(Finding("name_all_caps", text))
    elif any(word[0].islower() for word in name.split()):
        text = f"Họ tên viết thường. Đề nghị “{proper_case(name)}”."
        remarks.append(Finding("name_case", text))
    if " " not in name:
        remarks.append(Finding("single_word_name", "Họ tên chỉ có một chữ. Kiểm tra lại."))
    if not is_written_so:
        text = "Họ tên có khoảng trắng thừa, ký tự ẩn hoặc dấu tổ hợp; đã ghi gọn lại."
        remarks.append(Finding("name_normalised", text))
    return remarks
