"""The commands of old registers, on the whole set of a centre and on spoilt ones."""

import json
from pathlib import Path

import pytest

from app import cli, lock
from app import database as database_room
from app.errors import StorageError
from tests.registers import SET, change, write


def run(*arguments: object) -> int:
    return cli.main([str(one) for one in arguments])


def test_the_whole_set_gives_every_expected_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, told, counted = (tmp_path / name for name in ("a.sqlite", "load.json", "figures.json"))
    assert run("load", SET, "--database", file, "--json", told) == cli.DONE
    assert run("statistics", "--database", file, "--json", counted) == cli.DONE
    expected = json.loads((SET / "expected.json").read_text("utf-8"))
    assert json.loads(counted.read_text("utf-8")) == expected
    report = json.loads(told.read_text("utf-8"))
    assert report["problems"] == []
    assert sum(part["new"] for part in report["parts"]) == 14708
    assert run("check", "--database", file) == cli.DONE
    assert capsys.readouterr().out.endswith("Không thấy lỗi.\n")


def test_spoilt_lines_are_told_and_the_rest_is_in_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "so-cu")
    change(folder, "dang_ky.csv", 2, lop_id="99")
    assert run("load", folder, "--database", tmp_path / "a.sqlite") == cli.REFUSED
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("lop.csv, dòng 2: Cột si_so ghi 3")
    assert "dang_ky.csv, dòng 2: Lớp 99 không có, hoặc chưa nạp được, trong lop.csv. " in [
        line.removesuffix("Chưa nạp dòng này; sửa rồi nạp lại.") for line in told
    ]
    assert told[-1] == "Nạp mới 24 dòng, không nạp được 3 dòng."
    assert run("statistics", "--database", tmp_path / "a.sqlite", "--year", 2018) == cli.DONE
    assert capsys.readouterr().out.startswith("Toàn bộ: 1 lớp, 2 buổi học, 2 lượt học viên")


def test_an_existing_file_is_added_to(tmp_path: Path) -> None:
    folder, file = write(tmp_path / "so-cu"), tmp_path / "a.sqlite"
    assert run("load", folder, "--database", file) == cli.DONE
    assert run("load", folder, "--database", file, "--json", tmp_path / "o.json") == cli.DONE
    parts = json.loads((tmp_path / "o.json").read_text("utf-8"))["parts"]
    assert [part["new"] for part in parts] == [0] * 9


def test_a_folder_without_registers_makes_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("load", tmp_path, "--database", tmp_path / "a.sqlite") == cli.REFUSED
    assert "Không thấy sổ cũ" in capsys.readouterr().err
    assert not (tmp_path / "a.sqlite").exists()


def test_an_act_that_fails_removes_the_file_made_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.services import registers

    def fail(*_: object) -> None:
        raise StorageError("Ổ đĩa đã đầy.")

    monkeypatch.setattr(registers, "load", fail)
    folder = write(tmp_path / "so-cu")
    assert run("load", folder, "--database", tmp_path / "a.sqlite") == cli.REFUSED
    assert not (tmp_path / "a.sqlite").exists()


def test_a_file_somebody_works_with_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, file = write(tmp_path / "so-cu"), tmp_path / "a.sqlite"
    database_room.create(file).close()
    with lock.hold(file, "Hoàng Thị Mai"):
        assert run("load", folder, "--database", file) == cli.REFUSED
    assert "Chưa nạp: " in capsys.readouterr().err
    assert run("load", folder, "--database", file) == cli.DONE
