"""Sifting the lines of a file: each is kept, or refused with its first fault."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from app.spreadsheets.registers.rows import RegisterProblem, Registers

LineT = TypeVar("LineT", bound=Any)
_NOT_TAKEN = "Chưa nạp dòng này; sửa rồi nạp lại."


@dataclass
class Once(Generic[LineT]):
    """No two lines may say the same."""

    key: Callable[[LineT], Hashable]
    words: Callable[[LineT], str]
    seen: dict[Hashable, int] = field(default_factory=dict)

    def fault(self, row: LineT) -> str:
        """Name the line that said it first."""
        first = self.seen.get(self.key(row))
        return f"{self.words(row)} đã có ở dòng {first}." if first else ""

    def keep(self, row: LineT) -> None:
        """Remember a line that is taken."""
        self.seen[self.key(row)] = row.line


Fault = Callable[[LineT], str]


class Sifting:
    """Sifts the lines file by file and keeps what is said about them."""

    def __init__(self, found: Registers) -> None:
        self.problems = list(found.problems)

    def sift(
        self,
        file: str,
        lines: Iterable[LineT],
        faults: Iterable[Fault[LineT]] = (),
        once: Iterable[Once[LineT]] = (),
    ) -> tuple[LineT, ...]:
        """Return the lines without a fault; each other line is refused with the first one."""
        tests = [*faults, *(one.fault for one in once)]
        kept = []
        for row in lines:
            said = next((said for test in tests if (said := test(row))), "")
            if said:
                self.say(file, row.line, f"{said} {_NOT_TAKEN}", is_refused=True)
                continue
            for one in once:
                one.keep(row)
            kept.append(row)
        return tuple(kept)

    def say(self, file: str, line: int, said: str, *, is_refused: bool = False) -> None:
        """Keep a problem."""
        self.problems.append(RegisterProblem(file, line, said, is_refused))


def by_key() -> Once[Any]:
    """No two lines have the same key."""
    return Once(lambda row: row.key, lambda row: f"Mã số id {row.key}")
