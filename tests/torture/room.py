"""A place that can be made full: a small disk of its own, or a limit on the size of files."""

import ctypes
import os
import resource
import signal
from pathlib import Path
from typing import Protocol

NEW_NAMESPACES = 0x10000000 | 0x00020000  # CLONE_NEWUSER | CLONE_NEWNS
STEP = 64 * 1024


class Room(Protocol):
    """A place with a folder, for the process that made it."""

    folder: Path

    def leave(self, size: int, there: int) -> None:
        """Let only so many bytes be added to the `there` bytes of the file written to."""

    def clear(self) -> None:
        """Make room again."""


class SmallDisk:
    """A file system in memory that nobody but this process sees; needs no rights where Linux lets
    every user have name spaces of their own.
    """

    def __init__(self, folder: Path, size: int = 32 << 20) -> None:
        user, group = os.getuid(), os.getgid()
        libc = ctypes.CDLL(None, use_errno=True)
        _check(libc.unshare(NEW_NAMESPACES))
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"0 {user} 1"),
            ("gid_map", f"0 {group} 1"),
        ):
            Path(f"/proc/self/{name}").write_text(text)
        options = f"size={size}".encode()
        _check(libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, options))
        self.folder = folder
        self._ballast = folder / "ballast"

    def leave(self, size: int, there: int) -> None:
        """Fill the disk up to these last bytes; what is there can always be written over."""
        self._ballast.write_bytes(b"")
        disk = os.statvfs(self.folder)
        with self._ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, disk.f_bavail * disk.f_frsize - size)

    def clear(self) -> None:
        """Empty the disk again."""
        self._ballast.unlink(missing_ok=True)


class SizeLimit:
    """No file may grow beyond a size: writing fails as on a full disk, with another number."""

    def __init__(self, folder: Path) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        self.folder = folder

    def leave(self, size: int, there: int) -> None:
        """Let no file grow beyond the size."""
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (there + size, hard))

    def clear(self) -> None:
        """Let files grow again."""
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def _check(answer: int) -> None:
    if answer != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
