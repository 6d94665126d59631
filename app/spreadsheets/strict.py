"""Workbooks saved as "Strict Open XML": openpyxl knows only the older names of the same things."""

import io
import zipfile

from app.spreadsheets.package import Package
from app.spreadsheets.sheets import UnreadableFile
from app.spreadsheets.workbook import BROKEN

MAX_REWRITTEN = 60 * 1024 * 1024
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = (
    (_STRICT + b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        _STRICT + b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (_STRICT + b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)


def is_strict(package: Package) -> bool:
    """Whether a workbook uses the strict names."""
    try:
        with package.open(package.book) as part:
            return _STRICT in part.read(4096)
    except BROKEN:
        return False


def transitional(data: bytes, name: str) -> bytes:
    """The same workbook with the names that are known; dates stay what they are."""
    buffer = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            _check_size(old, name)
            with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as new:
                for entry in old.infolist():
                    new.writestr(entry.filename, _renamed(old.read(entry)))
    except BROKEN as error:
        text = f"Tệp “{name}” bị hỏng hoặc tải về chưa xong. Xin gửi lại tệp."
        raise UnreadableFile(text, "corrupt") from error
    return buffer.getvalue()


def _check_size(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse what would have to be held in memory whole and is too large for it."""
    if sum(entry.file_size for entry in archive.infolist()) > MAX_REWRITTEN:
        text = f"Tệp “{name}” lưu dạng Strict và quá lớn. Lưu lại dạng .xlsx thường."
        raise UnreadableFile(text, "too_large")


def _renamed(part: bytes) -> bytes:
    for strict, known in _NAMES:
        part = part.replace(strict, known)
    return part
