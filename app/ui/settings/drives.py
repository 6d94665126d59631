"""Disks that can be pulled out and carried away."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from app import numbers

_GIGABYTE = 1e9


@dataclass(frozen=True)
class Drive:
    """A USB stick or the like that is plugged in."""

    name: str
    root: Path
    free: int

    @property
    def words(self) -> str:
        """Name and room: "KINGSTON (E:) còn trống 11 GB"."""
        letter = f" ({self.root.drive})" if self.name and self.root.drive else ""
        return f"{self.name or self.root}{letter} còn trống {size_words(self.free)}"


def removable_drives() -> list[Drive]:
    """Return the removable disks that can be written now."""
    from app.opening import is_removable

    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = Path(volume.rootPath())
        if volume.isReady() and not volume.isReadOnly() and is_removable(root):
            found.append(Drive(volume.name(), root, volume.bytesAvailable()))
    return found


def size_words(size: int) -> str:
    """A size as people read it: "18,4 MB", "11 GB"."""
    if size >= 10 * _GIGABYTE:
        return f"{numbers.grouped(round(size / _GIGABYTE))} GB"
    if size >= _GIGABYTE:
        return f"{numbers.decimal(size / _GIGABYTE)} GB"
    return f"{numbers.decimal(size / 1e6)} MB"
