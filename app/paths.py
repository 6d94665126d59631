"""Where the program's own files and the user's data lie, and how a file is written safely."""

import errno
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from app.errors import FileError


def resources() -> Path:
    """Fonts, icons, layouts and the catalogue: in a checkout, an installed or a frozen program."""
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen)] if isinstance(frozen, str) else []
    for place in (*places, package.parent, package):
        if (place / "resources" / "fonts").is_dir():
            return place / "resources"
    raise FileError("Chương trình thiếu thư mục resources. Cài đặt lại chương trình.")


def data_home(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The folder of this user's data on this machine; SOLOP_DATA names another one.

    Never a roaming or synchronised folder: SQLite files break there (FINDINGS §2).
    """
    if chosen := environ.get("SOLOP_DATA"):
        return Path(chosen).expanduser()
    if platform == "win32":
        local = environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "SoLop"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "SoLop"
    shared = Path(environ.get("XDG_DATA_HOME", ""))
    return (shared if shared.is_absolute() else Path.home() / ".local" / "share") / "solop"


def centre_file() -> Path:
    """Where the centre's file lies: at the place chosen on this machine, else in `data_home()`."""
    return chosen_centre_file() or data_home() / "solop.sqlite"


def chosen_centre_file() -> Path | None:
    """Where the first run put the file, or found it; whether it is still there is not asked."""
    try:
        noted = os.fsdecode(_place_note().read_bytes()).strip()
    except OSError:
        return None
    return Path(noted) if noted else None


def choose_centre_file(path: Path) -> None:
    """Look for the centre's file there from the next start on."""
    make_private(data_home())
    write_atomically(_place_note(), os.fsencode(path.absolute()))


def _place_note() -> Path:
    """A line of text beside the usual place of the file, which a helper can read and mend."""
    return data_home() / "noi-de-du-lieu.txt"


def make_private(folder: Path) -> None:
    """Make a folder that only this user can enter; one that is there stays as it is."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def write_atomically(path: Path, data: bytes) -> None:
    """Write the whole file or nothing: a failure leaves the old file as it was."""
    target = path.resolve()
    temporary = target.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        try:
            _write_through(temporary, data)
            if target.exists():
                temporary.chmod(target.stat().st_mode)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        flush_folder(target.parent)
    except OSError as error:
        raise FileError(_sentence(error, path)) from error


def write_json(path: Path, content: object) -> None:
    """Write plain data as readable JSON, whole or not at all."""
    write_atomically(path, json.dumps(content, ensure_ascii=False, indent=1).encode())


def _write_through(path: Path, data: bytes) -> None:
    """Write a new file down to the disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make the new name itself durable; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sentence(error: OSError, path: Path) -> str:
    """What hindered the writing and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"Ổ đĩa đã đầy, chưa ghi được tệp “{path.name}”. Xóa bớt hoặc chọn thư mục khác."
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"Không có thư mục “{path.parent}”. Chọn thư mục khác để ghi “{path.name}”."
    if isinstance(error, PermissionError | IsADirectoryError):
        return (
            f"Không được ghi tệp “{path.name}”: tệp đang mở ở chương trình khác hoặc thư mục bị"
            " khóa. Đóng tệp đó rồi thử lại, hoặc chọn thư mục khác."
        )
    return f"Chưa ghi được tệp “{path.name}” ({error.strerror}). Thử lại hoặc chọn thư mục khác."
