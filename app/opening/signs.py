"""What the bytes of a file say before SQLite is let near it."""

import codecs
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from app.database import APPLICATION_ID, SQLITE_HEADER
from app.opening.states import FileState

SAMPLE = 1 << 18  # the list of tables begins within it
TAIL = 1 << 14
CHUNK = 1 << 20
HEADER_SIZE = 100
ARCHIVES = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf\x27\x1c"),
    *(b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh"),
)
OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF")
TEXT_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
FRACTIONS = bytes([64, 32, 32])  # bytes 21 to 23 of every SQLite file
LEAST_RANDOM = 512  # bytes below which nothing can be said about randomness
RANDOM_BELOW = 400  # chi-square of 256 values: random bytes give 255 ± 23


@dataclass(frozen=True)
class Signs:
    """The first bytes of a file, its last ones, and how many bytes it has."""

    head: bytes
    tail: bytes
    size: int

    @property
    def is_sqlite(self) -> bool:
        """Whether it begins as a SQLite file does."""
        return self.head.startswith(SQLITE_HEADER)

    @property
    def is_ours(self) -> bool:
        """Whether it carries the mark of a centre file."""
        return self.is_sqlite and self._number(68) == APPLICATION_ID

    @property
    def page_size(self) -> int:
        """The page size in the header; 0 when that is none."""
        size = int.from_bytes(self.head[16:18], "big")
        size = 65536 if size == 1 else size
        return size if size >= 512 and size & (size - 1) == 0 else 0

    @property
    def pages(self) -> int:
        """How many pages the header promises; 0 where the header does not say."""
        return self._number(28) if self._number(24) == self._number(92) else 0

    @property
    def ends_in_zeros(self) -> bool:
        """Whether the end was never filled; a sound file may end so as well."""
        return not any(self.tail)

    def _number(self, at: int) -> int:
        return int.from_bytes(self.head[at : at + 4], "big")


def read(path: Path) -> Signs:
    """Read the signs of a file that this process has not opened.

    Closing any handle of a file drops the locks this process holds on it (POSIX), therefore never
    of an open database.
    """
    with path.open("rb") as file:
        head = file.read(SAMPLE)
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        return Signs(head, file.read(), size)


def read_through(path: Path, until: float) -> bool:
    """Read the whole file, so that SQLite need not wait for the disk; False when time runs out.

    SQLite cannot be stopped within a table, a slow USB stick would hold the program up.
    """
    with path.open("rb", buffering=0) as file:
        while file.read(CHUNK):
            if time.monotonic() > until:
                return False
    return True


def state_of(signs: Signs) -> FileState | None:
    """Return what is wrong on the face of it; None when SQLite has to look."""
    if signs.size == 0:
        return FileState.EMPTY
    if not any(signs.head):
        return FileState.HALF_COPIED  # its size was reserved, its content never came
    if not signs.is_sqlite:
        return _other(signs.head)
    if signs.size < HEADER_SIZE:
        return FileState.TRUNCATED
    if not signs.page_size:
        return FileState.HEADER
    if signs.size < signs.pages * signs.page_size:
        is_cut = signs.size % signs.page_size
        return FileState.TRUNCATED if is_cut else FileState.HALF_COPIED
    return None


def _other(head: bytes) -> FileState:
    """Tell what does not begin as a SQLite file does."""
    if head.startswith(ARCHIVES):
        return FileState.ARCHIVE
    if head.startswith(OTHERS):
        return FileState.OTHER
    if head[21:24] == FRACTIONS or b"CREATE TABLE" in head:
        return FileState.HEADER
    if _is_text(head):
        return FileState.TEXT
    return FileState.ENCRYPTED if _is_random(head) else FileState.OTHER


def _is_text(head: bytes) -> bool:
    if head.startswith(TEXT_MARKS):
        return True
    try:  # the sample may end within a letter
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter.isspace() for letter in text)


def _is_random(head: bytes) -> bool:
    """Tell whether all byte values are equally frequent, as nothing but a secret has it."""
    if len(head) < LEAST_RANDOM:
        return False
    counts, expected = Counter(head), len(head) / 256
    return sum((counts[value] - expected) ** 2 / expected for value in range(256)) < RANDOM_BELOW
