"""Which kind of file it is, by its first bytes and never by its name; opening it safely."""

import io
import zipfile
from pathlib import Path

from app.spreadsheets.sheets import Book, UnreadableFile
from app.spreadsheets.workbook import Workbook

MAX_SIZE = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024

_SAVE_AS = "Mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi chọn tệp mới."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def open_book(path: Path) -> Book:
    """The workbook in a file, or UnreadableFile with the reason and the way out."""
    data = _load(path)
    if data.startswith(b"PK"):
        _check_archive(data, path.name)
        return Workbook(io.BytesIO(data), path.name)
    raise _other_kind(data, path.name)


def _load(path: Path) -> bytes:
    """The bytes of a file that is neither too large nor empty."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SIZE + 1)
    except FileNotFoundError as error:
        text = f"Không thấy tệp “{path.name}”. Kiểm tra lại tên và thư mục."
        raise UnreadableFile(text, "not_found") from error
    except OSError as error:
        text = f"Không mở được tệp “{path.name}”. Đóng tệp đó trong Excel rồi thử lại."
        raise UnreadableFile(text, "not_readable") from error
    if len(data) > MAX_SIZE:
        text = f"Tệp “{path.name}” lớn hơn 20 MB. Xóa hình ảnh và trang tính thừa rồi lưu lại."
        raise UnreadableFile(text, "too_large")
    if not data:
        text = f"Tệp “{path.name}” rỗng (0 byte). Xin gửi lại tệp."
        raise UnreadableFile(text, "empty_file")
    return data


def _check_archive(data: bytes, name: str) -> None:
    """Refuse what unpacks to too much, or is no workbook, before anything is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        text = f"Tệp “{name}” bị hỏng hoặc tải về chưa xong. Xin gửi lại tệp."
        raise UnreadableFile(text, "corrupt") from error
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        text = f"Tệp “{name}” bung ra lớn hơn 200 MB, không mở. Chép danh sách sang tệp mới."
        raise UnreadableFile(text, "too_large")
    parts = {entry.filename for entry in entries}
    if "xl/workbook.bin" in parts:
        raise UnreadableFile(f"Tệp “{name}” là dạng .xlsb. {_SAVE_AS}", "wrong_type")
    if "content.xml" in parts:
        raise UnreadableFile(f"Tệp “{name}” là dạng OpenDocument. {_SAVE_AS}", "wrong_type")
    if not any(part.startswith("xl/") for part in parts):
        text = f"Tệp “{name}” không phải bảng tính Excel. Chọn đúng tệp danh sách .xlsx."
        raise UnreadableFile(text, "wrong_type")


def _other_kind(data: bytes, name: str) -> UnreadableFile:
    """The reason why a file that is no zip archive is not read."""
    if name.startswith("~$"):
        text = f"“{name}” là tệp tạm của Excel. Chọn tệp cùng tên không có “~$”."
    elif data.startswith(_OLE):
        return _old_office(data, name)
    elif data.startswith(_PICTURES):
        text = f"Tệp “{name}” là hình ảnh. Chọn tệp danh sách .xlsx."
    elif data.startswith(b"%PDF"):
        text = f"Tệp “{name}” là PDF. Xin bản Excel của danh sách."
    elif data.lstrip()[:1] == b"<":
        text = f"Tệp “{name}” là trang web hoặc XML, không phải Excel thật. {_SAVE_AS}"
    elif data.startswith(_TEXT_MARKS) or b"\0" not in data[:4096]:
        text = f"Tệp “{name}” là văn bản thường (CSV). {_SAVE_AS}"
    else:
        text = f"Không rõ tệp “{name}” là loại gì. Chọn tệp danh sách .xlsx."
    return UnreadableFile(text, "wrong_type")


def _old_office(data: bytes, name: str) -> UnreadableFile:
    """An encrypted workbook and an .xls file begin alike."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        text = (
            f"Tệp “{name}” có mật khẩu. Mở bằng Excel, vào Tệp > Thông tin > Bảo vệ sổ làm việc,"
            " xóa mật khẩu, lưu lại rồi chọn lại."
        )
        return UnreadableFile(text, "password_protected")
    return UnreadableFile(f"Tệp “{name}” là dạng Excel cũ (.xls). {_SAVE_AS}", "old_excel")
