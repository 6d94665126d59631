"""Bytes of a text file to text: byte order marks, UTF-8, UTF-16, windows-1258, and what is left."""

import codecs
import re
import unicodedata

from app.spreadsheets.sheets import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
_PADDING = b"\0\x1a"
"""What programs of DOS and some portals leave at the end of a file."""

_ODD_CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_ODD_LETTERS = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f\ue000-\uf8ff\ufffd]")
_VIETNAMESE = re.compile("[aăâeêioôơuưyđ]")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_FOREIGN_SHARE = 0.02


def is_text(data: bytes) -> bool:
    """Whether bytes look like a text file of any encoding."""
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return True
    sample = _unpadded(data[:_SAMPLE])
    plain = sample.rstrip(_PADDING)
    return _wide_encoding(sample) is not None or bool(plain and not _ODD_CONTROLS.search(plain))


def decode(data: bytes) -> str:
    """The text of a file; bytes of no Unicode encoding are windows-1258, else windows-1252.

    The latter keeps what the fonts of TCVN3 and VNI draw as Vietnamese (see legacy.py).
    """
    return _decoded(_unpadded(data)).rstrip(_PADDING.decode())


def _unpadded(data: bytes) -> bytes:
    """A file without what fills its end; the end of a wide letter is none of it."""
    length = len(data.rstrip(_PADDING))
    return data[: length + -length % 4]


def _decoded(data: bytes) -> str:
    """Text by its mark, else by trying."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if wide := _wide_encoding(data[:_SAMPLE]):
        return _strict(data, wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise _damaged(data[: error.start].decode()) from error
        return _eight_bits(data)


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is beyond ASCII is UTF-8, which no other encoding looks like."""
    beyond = [letter for letter in data.decode("utf-8", "surrogateescape") if letter > "\x7f"]
    return sum("\ud800" <= letter <= "\udfff" for letter in beyond) * 2 < len(beyond)


def _damaged(before: str) -> UnreadableFile:
    """A byte that is no text, after all that was."""
    line = len(f"{before}.".splitlines())
    text = f"Tệp văn bản bị hỏng ở dòng {line}: có chữ không đọc được. Mở bằng Excel, sửa dòng"
    return UnreadableFile(f"{text} đó rồi lưu lại dạng .xlsx.", "corrupt")


def _strict(data: bytes, encoding: str) -> str:
    """Text of an encoding that the file itself names; half a wide letter at its end is left."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data, final=encoding == "utf-8")
    except UnicodeDecodeError as error:
        raise _damaged(data[: error.start].decode(encoding, "replace")) from error


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte is zero in text that is half Latin."""
    if len(sample) < 4 or b"\0" not in sample:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
        is_odd = _ODD_LETTERS.search(text.rstrip(_PADDING.decode()))
        if high.count(0) > len(high) * 0.4 and not is_odd:
            return encoding
    return None


def _eight_bits(data: bytes) -> str:
    """windows-1258 writes tones as marks after the letter; only there do they all combine."""
    text = unicodedata.normalize("NFC", _with_all_bytes(data, "cp1258"))
    return text if _is_vietnamese(text) else _with_all_bytes(data, "cp1252")


def _with_all_bytes(data: bytes, encoding: str) -> str:
    """Text of a code page; the few bytes it leaves open stay controls."""
    parts = []
    for part in re.split(rb"([\x80-\x9f])", data):
        try:
            parts.append(part.decode(encoding))
        except UnicodeDecodeError:
            parts.append(part.decode("latin-1"))
    return "".join(parts)


def _is_vietnamese(text: str) -> bool:
    """Whether nearly all letters beyond ASCII are Vietnamese and no tone stands alone."""
    beyond = [letter for letter in text if letter > "\x7f"]
    foreign = sum(letter.isalpha() and not is_vietnamese_letter(letter) for letter in beyond)
    alone = sum(letter in _TONES for letter in beyond)
    return foreign + alone <= len(beyond) * _FOREIGN_SHARE


def is_vietnamese_letter(letter: str) -> bool:
    """Whether a letter beyond ASCII is one of the Vietnamese alphabet, with or without a tone."""
    parts = unicodedata.normalize("NFD", letter.lower())
    bare = "".join(part for part in parts if part not in _TONES)
    return bool(_VIETNAMESE.fullmatch(unicodedata.normalize("NFC", bare)))
