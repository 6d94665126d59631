"""Places where a database file is in danger: synchronised folders, network and removable disks."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath, PureWindowsPath

from app.text import fold

SERVICES = {
    "OneDrive": ("onedrive",),
    "Google Drive": (
        "google drive",
        "googledrive",
        "my drive",
        "drive cua toi",
        "bo nho dung chung",
        "shared drives",
    ),
    "Dropbox": ("dropbox",),
    "iCloud": ("icloud", "icloud drive", "iclouddrive", "mobile documents"),
    "Nextcloud": ("nextcloud", "owncloud"),
    "MEGA": ("megasync",),
    "Synology Drive": ("synologydrive", "synology drive"),
    "Box": ("box sync",),
    "pCloud": ("pcloud drive", "pclouddrive"),
}
MARKS = {
    "Nextcloud": ".nextcloudsync.log",
    "Dropbox": ".dropbox.cache",
    "Syncthing": ".stfolder",
}
NETWORK_SYSTEMS = (
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "ncpfs",
    "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2", "fuse.glusterfs",
)  # fmt: skip
REMOVABLE_DRIVE, NETWORK_DRIVE = 2, 4  # answers of GetDriveTypeW
MOUNTS = Path("/proc/self/mounts")
SYNCHRONISED = (
    "Tệp nằm trong thư mục {name}, nơi chương trình đồng bộ có thể ghi đè khi đang làm việc. "
    "Để tệp ở ổ của máy và chỉ đặt nơi sao lưu thứ hai vào {name}."
)
NETWORK = (
    "Tệp nằm trên ổ mạng: mạng chập chờn có thể làm hỏng tệp. "
    "Để tệp ở ổ của máy và chỉ đặt nơi sao lưu thứ hai lên ổ mạng."
)
REMOVABLE = (
    "Tệp nằm trên ổ cắm rời: rút ra khi đang làm việc là mất việc đang ghi. "
    "Để tệp ở ổ của máy và dùng ổ này làm nơi sao lưu thứ hai."
)


def warning_of_place(
    path: Path,
    *,
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
) -> str:
    """Say why this is no good place for a centre file, and which is; "" for a good place."""
    place = path.absolute()
    if service := _service(place, environ) or _service(path.resolve(), environ):  # a link into one
        return SYNCHRONISED.format(name=service)
    if platform == "win32":
        return _windows_warning(place)
    return _linux_warning(place) if platform == "linux" else ""


def _service(path: Path, environ: Mapping[str, str]) -> str:
    """Name the service that synchronises the folder, by its name, its settings or its marks."""
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        if (root := environ.get(variable)) and path.is_relative_to(root):
            return "OneDrive"
    for part in path.parts[:-1]:
        if name := service_of_folder(part):
            return name
    for folder in path.parents:
        for name, mark in MARKS.items():
            if os.access(folder / mark, os.F_OK):  # False too where nobody may look
                return name
    return ""


def service_of_folder(name: str) -> str:
    """Recognise a folder by its name: "OneDrive - Đảng ủy xã", "Drive của tôi", …."""
    folded = fold(name)
    for service, beginnings in SERVICES.items():
        for beginning in beginnings:
            rest = folded.removeprefix(beginning)
            if rest != folded and not rest[:1].isalnum():
                return service
    return ""


def is_removable(path: Path, platform: str = sys.platform) -> bool:
    """Tell whether the place is on a disk that can be pulled out."""
    place = path.absolute()
    warn = {"win32": _windows_warning, "linux": _linux_warning}.get(platform)
    return warn is not None and warn(place) == REMOVABLE


def _windows_warning(path: PurePath) -> str:
    """Ask Windows what kind of drive it is."""
    drive = PureWindowsPath(path).drive
    if drive.startswith("\\\\"):
        return NETWORK
    kind = _drive_type(drive + "\\")
    return {REMOVABLE_DRIVE: REMOVABLE, NETWORK_DRIVE: NETWORK}.get(kind, "")


def _drive_type(root: str) -> int:
    import ctypes  # only where Windows answers

    kernel = getattr(getattr(ctypes, "windll", None), "kernel32", None)
    return int(kernel.GetDriveTypeW(root)) if kernel else 0


def _linux_warning(path: Path) -> str:
    """Look the file system up in the table of mounts."""
    try:
        table = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    device, system = mount_of(path.resolve(), table)
    if system in NETWORK_SYSTEMS:
        return NETWORK
    return REMOVABLE if _is_removable(device) else ""


def mount_of(path: PurePath, table: str) -> tuple[str, str]:
    """Return device and kind of the file system that holds `path`: the deepest one."""
    found, depth = ("", ""), -1
    for line in table.splitlines():
        device, point, system, *_ = [*line.split(" "), "", "", ""]
        mounted = PurePath(_unescaped(point))
        if path.is_relative_to(mounted) and len(mounted.parts) >= depth:
            found, depth = (device, system), len(mounted.parts)
    return found


def _unescaped(text: str) -> str:
    """Give back the spaces of a mount point: the table writes them as octal numbers."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, letter)
    return text


def _is_removable(device: str) -> bool:
    """Ask the kernel whether the disk can be pulled out."""
    disk = Path("/sys/block", Path(device).name.rstrip("0123456789"))
    try:
        is_removable = (disk / "removable").read_text(encoding="ascii").strip() == "1"
        return is_removable or any(part.startswith("usb") for part in disk.resolve().parts)
    except OSError:
        return False
