"""Places where a database is in danger are recognised, and good ones left in peace."""

from pathlib import Path, PurePosixPath

import pytest

from app import opening
from app.opening import places

MOUNTS = """\
sysfs /sys sysfs rw 0 0
/dev/sda2 / ext4 rw 0 0
/dev/sdb1 /media/thumb\\040drive vfat rw 0 0
server:/vol /srv/share nfs4 rw 0 0
//nas/trungtam /srv/nas cifs rw 0 0
me@host: /srv/far fuse.sshfs rw 0 0
/dev/sda3 /srv/share/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Đảng ủy xã An Bình", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("GoogleDrive-an@example.com", "Google Drive"),
        ("My Drive", "Google Drive"),
        ("Drive của tôi", "Google Drive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Trung tâm)", "Dropbox"),
        ("iCloudDrive", "iCloud"),
        ("Mobile Documents", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("ownCloud", "Nextcloud"),
        ("SynologyDrive", "Synology Drive"),
        ("Shared drives", "Google Drive"),
        ("pCloudDrive", "pCloud"),
        ("Tài liệu", ""),
        ("My Drives", ""),
        ("Onedriver", ""),
        ("sao-luu", ""),
    ],
)
def test_folders_of_services_are_recognised_by_name(
    tmp_path: Path, folder: str, service: str
) -> None:
    assert places.service_of_folder(folder) == service
    warning = opening.warning_of_place(tmp_path / folder / "solop.sqlite", platform="darwin")
    assert (f"thư mục {service}" in warning) if service else warning == ""


def test_a_file_that_is_named_after_a_service_is_not_in_it(tmp_path: Path) -> None:
    assert opening.warning_of_place(tmp_path / "Dropbox", platform="darwin") == ""


def test_the_folder_that_onedrive_names_in_its_settings(tmp_path: Path) -> None:
    path = tmp_path / "Documents" / "solop.sqlite"
    environ = {"OneDriveCommercial": str(tmp_path / "Documents")}
    assert "OneDrive" in opening.warning_of_place(path, environ=environ, platform="darwin")


def test_a_link_into_a_synchronised_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "so-lop").symlink_to(tmp_path / "OneDrive", target_is_directory=True)
    path = tmp_path / "so-lop" / "solop.sqlite"
    assert "OneDrive" in opening.warning_of_place(path, environ={}, platform="darwin")


@pytest.mark.parametrize("mark", [".nextcloudsync.log", ".dropbox.cache", ".stfolder"])
def test_a_folder_that_carries_the_mark_of_a_service(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).write_text("")
    path = tmp_path / "a" / "b" / "solop.sqlite"
    assert "đồng bộ" in opening.warning_of_place(path, environ={}, platform="darwin")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/srv/data/solop.sqlite", ("/dev/sda2", "ext4")),
        ("/media/thumb drive/solop.sqlite", ("/dev/sdb1", "vfat")),
        ("/srv/share/solop.sqlite", ("server:/vol", "nfs4")),
        ("/srv/share/local/solop.sqlite", ("/dev/sda3", "ext4")),
        ("/srv/sharedata/solop.sqlite", ("/dev/sda2", "ext4")),
        ("/srv/nas/solop.sqlite", ("//nas/trungtam", "cifs")),
        ("/srv/far/solop.sqlite", ("me@host:", "fuse.sshfs")),
    ],
)
def test_the_file_system_of_a_path(path: str, found: tuple[str, str]) -> None:
    assert places.mount_of(PurePosixPath(path), MOUNTS) == found


@pytest.mark.parametrize("system", ["nfs4", "cifs", "fuse.sshfs", "smb3"])
def test_network_file_systems_are_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"/dev/sda2 / ext4 rw 0 0\nserver:/x {tmp_path.resolve()} {system} rw 0 0\n")
    monkeypatch.setattr(places, "MOUNTS", table)
    warning = opening.warning_of_place(tmp_path / "a.sqlite", environ={}, platform="linux")
    assert "ổ mạng" in warning


def test_a_disk_that_can_be_pulled_out_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_is_removable", lambda device: device == "/dev/sdb1")
    table = tmp_path / "mounts"
    monkeypatch.setattr(places, "MOUNTS", table)
    for device, words in (("/dev/sdb1", "ổ cắm rời"), ("/dev/sda1", "")):
        table.write_text(f"{device} / vfat rw 0 0\n")
        warning = opening.warning_of_place(tmp_path / "a.sqlite", environ={}, platform="linux")
        assert words in warning
        assert bool(warning) is bool(words)


@pytest.mark.parametrize(("kind", "words"), [(2, "ổ cắm rời"), (3, ""), (4, "ổ mạng"), (6, "")])
def test_windows_is_asked_what_drive_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: int, words: str
) -> None:
    monkeypatch.setattr(places, "_drive_type", lambda _root: kind)
    warning = opening.warning_of_place(tmp_path / "a.sqlite", environ={}, platform="win32")
    assert words in warning
    assert bool(warning) is bool(words)


def test_a_windows_share_is_a_network_place() -> None:
    assert "ổ mạng" in places._windows_warning(PurePosixPath(r"\\nas\trungtam\solop.sqlite"))


def test_this_machine_has_an_answer_for_a_temporary_folder(tmp_path: Path) -> None:
    assert isinstance(opening.warning_of_place(tmp_path / "a.sqlite", environ={}), str)


@pytest.mark.parametrize(("kind", "answer"), [(2, True), (3, False), (4, False)])
def test_only_what_can_be_pulled_out_is_removable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: int, answer: bool
) -> None:
    monkeypatch.setattr(places, "_drive_type", lambda _root: kind)
    assert opening.is_removable(tmp_path, platform="win32") is answer
    assert not opening.is_removable(tmp_path, platform="darwin")
