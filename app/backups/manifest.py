"""What is known of a copy: the manifest that lies beside it, written when the copy was made."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from app import paths
from app.backups.storage import is_left_behind
from app.errors import FileError, StorageError
from app.terms import BackupKind

FORMAT = 1
ENDING = ".json"
DIGEST = re.compile("[0-9a-f]{64}")
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
NO_MANIFEST = "Thiếu tệp mô tả đi kèm (.json), hoặc không đọc được."


class JournalHead(NamedTuple):
    """Number and hash of the last act in a file; (0, "") where the file has no journal."""

    number: int = 0
    hash: str = ""


@dataclass(frozen=True)
class Facts:
    """What a file holds, as far as a copy must hold the same."""

    rows: Mapping[str, int] = field(default_factory=dict)  # of every table
    orphans: int = 0  # rows that refer to nothing; a faithful copy has them too
    revision: str = ""
    journal_number: int = 0
    journal_hash: str = ""


@dataclass(frozen=True)
class Copy:
    """One copy of the centre file; `problem` says why it cannot be used, "" when it can."""

    path: Path
    kind: BackupKind
    made_at: datetime
    size: int
    sequence: int = 0  # the newest copy has the greatest, whatever the clock said
    sha256: str = ""
    origin: str = ""  # tells the files of two machines apart where both copy to one place
    facts: Facts = field(default_factory=Facts)
    problem: str = ""
    is_verified: bool = False

    @property
    def classes(self) -> int:
        """How many classes the copy holds."""
        return self.facts.rows.get("training_class", 0)

    @property
    def learners(self) -> int:
        """How many people the copy holds."""
        return self.facts.rows.get("student", 0)

    @property
    def certificates(self) -> int:
        """How many certificates the copy holds, revoked ones included."""
        return self.facts.rows.get("certificate", 0)

    @property
    def revision(self) -> str:
        """The schema step the copy has."""
        return self.facts.revision

    @property
    def journal_number(self) -> int:
        """The number of the last act in the copy."""
        return self.facts.journal_number

    @property
    def journal_hash(self) -> str:
        """The hash of the last act in the copy."""
        return self.facts.journal_hash

    def age_days(self, now: datetime) -> int:
        """Days of the calendar since the copy was made; never negative."""
        made_on = self.made_at.astimezone(now.tzinfo).date()
        return max(0, (now.date() - made_on).days)


def path_of(copy: Path) -> Path:
    """Where the manifest of a copy lies."""
    return copy.with_name(copy.name + ENDING)


def sweep(place: Path) -> None:
    """Remove manifests whose copy never came, or was removed by hand."""
    for path in place.glob(f"*.sqlite{ENDING}"):
        if not path.with_name(path.name.removesuffix(ENDING)).exists() and is_left_behind(path):
            path.unlink(missing_ok=True)


def write(copy: Copy, previous: Copy | None = None) -> None:
    """Write the manifest; `previous` describes the file that is about to be replaced.

    It is written before the copy gets its name: should the power fail between the two,
    the file that then lies there is described as well.
    """
    content = _plain(copy) | {"previous": _plain(previous) if previous else None}
    path = path_of(copy.path)
    try:
        paths.write_atomically(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
        path.chmod(PRIVATE_FILE)
    except (FileError, OSError) as error:
        raise StorageError(str(error)) from error


def _plain(copy: Copy) -> dict[str, object]:
    """The copy as JSON has it."""
    counts = {name: getattr(copy, name) for name in ("classes", "learners", "certificates")}
    return {
        "format": FORMAT,
        "made_at": copy.made_at.isoformat(),
        "kind": copy.kind.value,
        "sequence": copy.sequence,
        "size": copy.size,
        "sha256": copy.sha256,
        "origin": copy.origin,
        **counts,
        **asdict(copy.facts),
    }


def read(path: Path) -> list[Copy]:
    """Return what the manifest beside `path` says of it, then of the file it replaced.

    Empty when there is none, or when it cannot be understood.
    """
    try:
        content = json.loads(path_of(path).read_bytes())
        described = [content, *([content["previous"]] if content.get("previous") else [])]
        return [_copy(path, each) for each in described]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
    except (OverflowError, RecursionError):  # a year that no zone has, brackets without end
        return []


def _copy(path: Path, content: dict[str, object]) -> Copy:
    """Understand one description; what is no description raises one of the errors of `read`."""
    rows = content["rows"]
    if not isinstance(rows, dict):
        raise TypeError("rows")
    return Copy(
        path=path,
        kind=BackupKind.of(str(content["kind"])),
        made_at=datetime.fromisoformat(str(content["made_at"])).astimezone(),
        size=_number(content["size"]),
        sequence=_number(content["sequence"]),
        sha256=_digest(content["sha256"]),
        origin=str(content["origin"]),
        facts=Facts(
            rows={str(table): _number(count) for table, count in rows.items()},
            orphans=_number(content["orphans"]),
            revision=str(content["revision"]),
            journal_number=_number(content["journal_number"]),
            journal_hash=str(content["journal_hash"]),
        ),
    )


def _digest(value: object) -> str:
    """Without the fingerprint of the copy nothing else said of it can be relied on."""
    if not DIGEST.fullmatch(str(value)):
        raise ValueError("no SHA-256")
    return str(value)


def _number(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise TypeError("no number of anything")
    return value


def listed(path: Path, kind: BackupKind, made_at: datetime) -> Copy:
    """Return the copy at `path` as a list shows it, looking at nothing but its size.

    `kind` and `made_at` come from its name and are used when no manifest says them.
    """
    try:
        size = path.stat().st_size
    except OSError:
        return Copy(path, kind, made_at, 0, problem="Không đọc được.")
    described = read(path)
    for copy in described:
        if copy.size == size:
            return copy
    if described:
        return replace(described[0], size=size, problem="Kích thước khác lúc sao lưu.")
    return Copy(path, kind, made_at, size, problem=NO_MANIFEST)
