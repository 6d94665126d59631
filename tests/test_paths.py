"""Places of files and safe writing."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from app import paths
from app.errors import FileError


def test_resources_are_found_in_the_source_tree() -> None:
    assert (paths.resources() / "programmes.toml").is_file()


def test_a_frozen_program_finds_its_own_resources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources" / "fonts").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"


def test_an_installed_program_finds_resources_inside_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "app" / "resources" / "fonts").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "app" / "paths.py"))
    assert paths.resources() == tmp_path / "app" / "resources"


def test_missing_resources_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "app" / "paths.py"))
    with pytest.raises(FileError, match="Cài đặt lại"):
        paths.resources()


def test_data_lies_in_the_local_folder_of_the_user(tmp_path: Path) -> None:
    local = {"LOCALAPPDATA": str(tmp_path)}
    assert paths.data_home(local, "win32") == tmp_path / "SoLop"
    assert paths.data_home({}, "win32") == Path.home() / "AppData" / "Local" / "SoLop"
    assert paths.data_home({"XDG_DATA_HOME": str(tmp_path)}, "linux") == tmp_path / "solop"
    assert paths.data_home({}, "linux") == Path.home() / ".local" / "share" / "solop"
    assert paths.data_home({}, "darwin").name == "SoLop"


def test_a_relative_xdg_folder_is_ignored() -> None:
    assert paths.data_home({"XDG_DATA_HOME": "data"}, "linux") == paths.data_home({}, "linux")


@pytest.mark.parametrize("platform", ["win32", "linux", "darwin"])
def test_the_data_folder_can_be_named(tmp_path: Path, platform: str) -> None:
    assert paths.data_home({"SOLOP_DATA": str(tmp_path)}, platform) == tmp_path


def test_a_file_is_written_whole_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "Giấy chứng nhận.pdf"
    paths.write_atomically(target, b"one")
    paths.write_atomically(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_the_permissions_of_the_old_file_stay(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")
    target.chmod(0o640)
    paths.write_atomically(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_keeps_pointing_to_the_written_file(tmp_path: Path) -> None:
    target, link = tmp_path / "real.pdf", tmp_path / "link.pdf"
    target.write_bytes(b"old")
    link.symlink_to(target)
    paths.write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(FileError, match=r"Ổ đĩa đã đầy, chưa ghi được tệp “report\.pdf”"):
        paths.write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="Không có thư mục"):
        paths.write_atomically(tmp_path / "none" / "report.pdf", b"new")


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="Không được ghi tệp"):
        paths.write_atomically(tmp_path, b"new")
    assert tmp_path.is_dir()


def test_any_other_failure_is_told_with_its_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FileError, match="Input/output error"):
        paths.write_atomically(tmp_path / "report.pdf", b"new")


@pytest.mark.skipif(os.name == "nt", reason="rights of folders are the account's on Windows")
def test_a_folder_of_data_is_made_for_this_user_only(tmp_path: Path) -> None:
    folder = tmp_path / "share" / "solop"
    paths.make_private(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o750)
    paths.make_private(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750


def test_a_chosen_place_of_the_file_is_found_again_whatever_its_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOLOP_DATA", str(tmp_path / "home"))
    assert paths.centre_file() == tmp_path / "home" / "solop.sqlite"
    chosen = tmp_path / "Dữ liệu  Trung tâm" / "e\u0301.sqlite"
    paths.choose_centre_file(chosen)
    assert paths.centre_file() == chosen
