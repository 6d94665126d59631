"""Which kind of file it is, by its first bytes and never by its name; opening it safely."""

import contextlib
import io
import zipfile
from pathlib import Path

from app.spreadsheets.biff_globals import Encrypted
from app.spreadsheets.compound import SIGNATURE, Compound
from app.spreadsheets.delimited import TextTable
from app.spreadsheets.encodings import is_text
from app.spreadsheets.findings import Finding
from app.spreadsheets.markup import MarkupBook, is_markup
from app.spreadsheets.old_workbook import OldWorkbook
from app.spreadsheets.open_document import OpenDocument
from app.spreadsheets.package import Package, plain_name
from app.spreadsheets.sheets import Book, Progress, UnreadableFile
from app.spreadsheets.strict import is_strict, transitional
from app.spreadsheets.workbook import BROKEN, Workbook
from app.spreadsheets.xml_book import XmlBook, is_xml_book

MAX_SIZE = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ENTRIES = 20_000

_SAVE_AS = "Mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi chọn tệp mới."
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")
_TEXT_ENDINGS = frozenset({".csv", ".txt", ".tsv"})

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ODS_ENCRYPTED = b"encryption-data"
_START = 1_000_000
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


def open_book(path: Path, progress: Progress | None = None) -> Book:
    """The book in a file, or UnreadableFile with the reason and the way out."""
    data = _load(path)
    if path.name.startswith("~$"):
        text = f"“{path.name}” là tệp tạm của Excel. Chọn tệp cùng tên không có “~$”."
        raise UnreadableFile(text, "wrong_type")
    if data.startswith(b"PK"):
        return _archive(data, path.name, progress)
    if data.startswith(SIGNATURE):
        return _old_office(data, path.name)
    if is_markup(data):
        note = _misnamed(path, "trang web (HTML hoặc XML)", "markup_as_workbook")
        if is_xml_book(data):
            return XmlBook(data, (note,))
        return MarkupBook(data, path.name, (note,))
    if data.startswith((*_PICTURES, b"%PDF")) or not is_text(data):
        raise _no_table(data, path.name)
    is_named_so = path.suffix.lower() in _TEXT_ENDINGS
    notes = () if is_named_so else (_misnamed(path, "văn bản thường (CSV)", "text_as_workbook"),)
    return TextTable(data, path.stem, notes)


def _misnamed(path: Path, kind: str, code: str) -> Finding:
    """A file that is not what its name says is read, and it is told."""
    text = f"Tệp “{path.name}” thực ra là {kind}, không phải Excel. Đã đọc được; xem kỹ các cột."
    return Finding(code, text)


def _load(path: Path) -> bytes:
    """The bytes of a file that is neither too large nor empty."""
    if path.exists() and not path.is_file():
        text = f"“{path.name}” không phải là tệp. Chọn tệp danh sách .xlsx."
        raise UnreadableFile(text, "wrong_type")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SIZE + 1)
    except FileNotFoundError as error:
        text = f"Không thấy tệp “{path.name}”. Kiểm tra lại tên và thư mục."
        raise UnreadableFile(text, "not_found") from error
    except (OSError, ValueError) as error:
        text = f"Không mở được tệp “{path.name}”. Đóng tệp đó trong Excel rồi thử lại."
        raise UnreadableFile(text, "not_readable") from error
    if len(data) > MAX_SIZE:
        text = f"Tệp “{path.name}” lớn hơn 20 MB. Xóa hình ảnh và trang tính thừa rồi lưu lại."
        raise UnreadableFile(text, "too_large")
    if not data:
        text = f"Tệp “{path.name}” rỗng (0 byte). Xin gửi lại tệp."
        raise UnreadableFile(text, "empty_file")
    return data


def _archive(data: bytes, name: str, progress: Progress | None) -> Book:
    """An .xlsx, .xlsm or .ods, checked before anything of it is parsed."""
    archive = _unpacked(data, name)
    parts = {plain_name(entry.filename) for entry in archive.infolist()}
    about = _about(archive)
    if _ODS in about:
        if _ODS_ENCRYPTED in about:
            raise UnreadableFile(_with_password(name), "password_protected")
        return OpenDocument(archive, name, progress)
    if "xl/workbook.bin" in parts:
        raise UnreadableFile(f"Tệp “{name}” là dạng .xlsb. {_SAVE_AS}", "wrong_type")
    if not any(part.startswith("xl/") for part in parts):
        text = f"Tệp “{name}” không phải bảng tính Excel. Chọn đúng tệp danh sách .xlsx."
        raise UnreadableFile(text, "wrong_type")
    try:
        package = Package(archive)
        if is_strict(package):
            package = Package(zipfile.ZipFile(io.BytesIO(transitional(data, name))))
    except BROKEN as error:
        raise _cut_off(name) from error
    return Workbook(package, name)


def _unpacked(data: bytes, name: str) -> zipfile.ZipFile:
    """An archive that is whole and of a bearable size."""
    too_large = f"Tệp “{name}” bung ra lớn hơn 200 MB, không mở. Chép danh sách sang tệp mới."
    if data.count(_ENTRY) > MAX_ENTRIES:
        raise UnreadableFile(too_large, "too_large")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _cut_off(name) from error
    if any(entry.flag_bits & _ENCRYPTED for entry in archive.infolist()):
        raise UnreadableFile(_with_password(name), "password_protected")
    if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
        raise UnreadableFile(too_large, "too_large")
    return archive


def _about(archive: zipfile.ZipFile) -> bytes:
    """What an OpenDocument says of itself: its kind, its parts and whether they are encrypted."""
    said = b""
    for part in ("mimetype", "META-INF/manifest.xml"):
        with contextlib.suppress(*BROKEN), archive.open(part) as opened:
            said += opened.read(_START)
    return said


def _cut_off(name: str) -> UnreadableFile:
    text = f"Tệp “{name}” bị hỏng hoặc tải về chưa xong. Xin gửi lại tệp."
    return UnreadableFile(text, "corrupt")


def _old_office(data: bytes, name: str) -> Book:
    """An .xls; an encrypted workbook and an old Word file begin alike."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile(_with_password(name), "password_protected")
    compound = Compound(data)
    stream = compound.stream("Workbook") or compound.stream("Book")
    if not stream and compound.names & {"WordDocument", "PowerPoint Document"}:
        text = f"Tệp “{name}” là văn bản Word hoặc trình chiếu. Chọn tệp danh sách Excel."
        raise UnreadableFile(text, "wrong_type")
    try:
        return OldWorkbook(stream, name)
    except Encrypted as error:
        raise UnreadableFile(_with_password(name), "password_protected") from error


def _with_password(name: str) -> str:
    return (
        f"Tệp “{name}” có mật khẩu. Mở bằng Excel, vào Tệp > Thông tin > Bảo vệ sổ làm việc,"
        " xóa mật khẩu, lưu lại rồi chọn lại."
    )


def _no_table(data: bytes, name: str) -> UnreadableFile:
    """The reason why a file that holds no table is not read."""
    if data.startswith(_PICTURES):
        text = f"Tệp “{name}” là hình ảnh. Chọn tệp danh sách .xlsx."
    elif data.startswith(b"%PDF"):
        text = f"Tệp “{name}” là PDF. Xin bản Excel của danh sách."
    else:
        text = f"Không rõ tệp “{name}” là loại gì. Chọn tệp danh sách .xlsx."
    return UnreadableFile(text, "wrong_type")
