"""Sex, ethnicity, religion and plain words as rosters write them."""

import csv
import re
from collections import Counter
from datetime import date
from functools import cache, lru_cache

from app.paths import resources
from app.spreadsheets.births import read_date
from app.spreadsheets.findings import Finding, Reading, shown
from app.spreadsheets.sheets import Value, as_text
from app.terms import Sex
from app.text import clean, fold

_SEXES = {"nam": Sex.MALE, "trai": Sex.MALE, "male": Sex.MALE, "m": Sex.MALE}
_SEXES |= {"nu": Sex.FEMALE, "gai": Sex.FEMALE, "female": Sex.FEMALE, "f": Sex.FEMALE}
_UNMARKED = frozenset({"", "0", "-", "–", "khong", "k", "false"})
_PEOPLE_PREFIX = re.compile(r"^(?:dân tộc|d\.?\s?t\.?|người)\s*:?\s+(?=\w)", re.IGNORECASE)
_AROUND_DITTO = r"[-–—\s_=.…\"'“”]*"
_DITTO = re.compile(
    rf"{_AROUND_DITTO}(?:n\s?[./]?\s?t|như trên){_AROUND_DITTO}"
    r"|(?=.*(?:[\"'“”‘’″〃„↑]|//|,,))[-–—\s_=.\"'“”‘’″〃„↑/,]+",
    re.IGNORECASE,
)
_NO_RELIGION = frozenset({"khong", "ko", "k", "0", "-", "khong co", "khong theo ton giao nao"})
_NO_RELIGION |= {"khong theo ton giao", "khong ton giao", "khong theo dao"}

SexReading = Reading[Sex | None]


def read_sex(value: Value) -> SexReading:
    """Nam or Nữ from a column of its own."""
    text = as_text(value)
    if sex := _sex(text):
        return Reading(sex)
    if text in ("", "-"):
        return Reading(None)
    if read_date(value).value is not None:
        said = f"Giới tính ghi {shown(text)}: các ô của dòng này có thể bị lệch cột. Sửa lại dòng."
        return Reading(None, (Finding("columns_shifted", said, is_error=True),))
    said = f"Giới tính ghi {shown(text)}. Sửa thành Nam hoặc Nữ."
    return Reading(None, (Finding("sex_unreadable", said),))


@lru_cache(maxsize=1024)
def _sex(text: str) -> Sex | None:
    return _SEXES.get(fold(text))


def is_marked(value: Value) -> bool:
    """Whether a cell of a Nam or Nữ column is ticked, with whatever sign."""
    return value is True or fold(as_text(value)) not in _UNMARKED


def read_mark(value: Value, meaning: Sex) -> Sex | None:
    """The sex a ticked cell of a Nam or Nữ column says; the word itself goes before the column."""
    return (_sex(as_text(value)) or meaning) if is_marked(value) else None


def is_ditto(text: str) -> bool:
    """Whether a text says "as above"."""
    return bool(_DITTO.fullmatch(text))


@lru_cache(maxsize=1024)
def read_ethnicity(written: str) -> str:
    """The official name of the people where it is known, else the words as written."""
    text = _PEOPLE_PREFIX.sub("", written)
    exact, folded = _peoples()
    return exact.get(text.casefold()) or folded.get(fold(text)) or text


def is_people(text: str) -> bool:
    """Whether a text names one of the peoples of Vietnam."""
    exact, folded = _peoples()
    plain = _PEOPLE_PREFIX.sub("", text)
    return plain.casefold() in exact or fold(plain) in folded


@lru_cache(maxsize=1024)
def read_religion(written: str) -> str:
    """The religion by its official name; "ko" is Không."""
    if fold(written) in _NO_RELIGION:
        return "Không"
    return _religions().get(fold(written)) or written


def read_words(value: Value, number_format: str = "General") -> str:
    """Text as written; a number in a format of zeros keeps its zeros."""
    text = as_text(value)
    if isinstance(value, int) and set(number_format) == {"0"}:
        return text.zfill(len(number_format))
    return text


def read_schooling(value: Value) -> str:
    """Classes of school such as 9/12, also where Excel took them for a day of this year."""
    if isinstance(value, date):
        return f"{min(value.day, value.month)}/{max(value.day, value.month)}"
    return read_words(value)


@cache
def _peoples() -> tuple[dict[str, str], dict[str, str]]:
    """Official names of peoples by exact and by folded spelling; a doubtful one is left out."""
    exact: dict[str, str] = {}
    folded: dict[str, str] = {}
    with (resources() / "reference" / "dan_toc.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["ten"], (row["ten_khac"] or "").split(";")) for row in csv.DictReader(file)]
    official = Counter(fold(name) for name, _ in rows)
    others = Counter(spelling for _, names in rows for spelling in {fold(name) for name in names})
    for name, spellings in rows:
        for spelling in filter(None, spellings):
            exact.setdefault(clean(spelling).casefold(), name)
            if others[fold(spelling)] == 1:
                folded[fold(spelling)] = name
    for name, _ in rows:
        exact[name.casefold()] = name
        if official[fold(name)] == 1:
            folded[fold(name)] = name
    return exact, folded


@cache
def _religions() -> dict[str, str]:
    """Official names of religions by folded spelling, also without the word giáo."""
    with (resources() / "reference" / "ton_giao.csv").open(encoding="utf-8", newline="") as file:
        names = [row["ten"] for row in csv.DictReader(file)]
    short = {fold(name).removesuffix(" giao"): name for name in names}
    return short | {fold(name): name for name in names}
