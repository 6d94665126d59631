"""What the program that logs writes is asked to run; free of any SQLite library."""

from dataclasses import dataclass
from pathlib import Path

ACK = "-- kept"  # stands in the statements where the program was told that its act is kept


@dataclass(frozen=True)
class Job:
    """A file, and what to do with it."""

    path: Path
    pragmas: tuple[str, ...]
    statements: tuple[str, ...]
