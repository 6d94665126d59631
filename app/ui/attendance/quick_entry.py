"""The quick-entry language: "7 12m15 20p" names the exceptions of one class session (UI.md §7).

It has no vowels, so that an input method left on changes nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.terms import AttendanceStatus

LONGEST_DELAY = 299  # minutes
_TOKEN = re.compile(r"(?P<clear>-)?(?P<first>\d+)(?:-(?P<last>\d+))?(?P<code>[pkx]|m\d*)?")
_STATUS = {
    "": AttendanceStatus.ABSENT,
    "k": AttendanceStatus.ABSENT,
    "p": AttendanceStatus.EXCUSED,
    "m": AttendanceStatus.LATE,
    "x": AttendanceStatus.PRESENT,
}


@dataclass(frozen=True)
class Entry:
    """What is to be written for one line of the list; `status` None clears the cell."""

    status: AttendanceStatus | None
    minutes: int | None = None


@dataclass(frozen=True)
class QuickEntry:
    """Entries by line number (from 1), and one sentence per word that was not understood."""

    entries: Mapping[int, Entry] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def parse(text: str, lines: int) -> QuickEntry:
    """Read "7 12m15 20p, 3-6p -8" for a list of so many lines; a later word wins."""
    entries: dict[int, Entry] = {}
    problems: list[str] = []
    for word in re.split(r"[\s,;]+", text.strip().casefold()):
        if not word:
            continue
        found = _TOKEN.fullmatch(word)
        problem = _problem(word, found, lines)
        if problem:
            problems.append(problem)
        elif found:
            entries |= dict.fromkeys(_lines(found), _entry(found))
    return QuickEntry(entries, tuple(problems))


def _lines(found: re.Match[str]) -> range:
    first = int(found["first"])
    return range(first, int(found["last"] or first) + 1)


def _entry(found: re.Match[str]) -> Entry:
    if found["clear"]:
        return Entry(None)
    code = found["code"] or ""
    minutes = int(code[1:]) if code[1:] else None
    return Entry(_STATUS[code[:1]], minutes)


def _problem(word: str, found: re.Match[str] | None, lines: int) -> str:
    """Why a word cannot be taken; empty when it can."""
    if found is None or (found["clear"] and (found["last"] or found["code"])):
        return f"Không hiểu “{word}”."
    numbers = _lines(found)
    if not numbers or numbers.start < 1 or numbers.stop - 1 > lines:
        return f"“{word}”: lớp chỉ có số 1 đến {lines}."
    minutes = _entry(found).minutes
    if minutes is not None and not 0 < minutes <= LONGEST_DELAY:
        return f"“{word}”: số phút muộn từ 1 đến {LONGEST_DELAY}."
    return ""
