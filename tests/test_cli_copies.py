"""The commands `backup` and `restore`: what they write, what they keep, and whom they respect."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app import backups, cli, database, journal, lock
from app.services import history
from app.services.history import ActFilter
from app.terms import ActKind


def run(*arguments: str | Path) -> int:
    return cli.main([str(each) for each in arguments])


def name_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT name FROM centre").fetchone()[0])


def rename(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE centre SET name = 'Tên sau'")


def test_a_backup_is_verified_and_comes_back(
    centre: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, before = tmp_path / "copy.sqlite", name_of(centre)
    assert run("backup", copy, "--database", centre) == cli.DONE
    assert "4 lớp, 106 học viên, 63 giấy chứng nhận" in capsys.readouterr().out
    rename(centre)
    assert run("restore", copy, "--database", centre) == cli.DONE
    assert name_of(centre) == before
    (kept,) = backups.copies(centre)
    assert name_of(kept.path) == "Tên sau"
    assert str(kept.path) in capsys.readouterr().out
    assert run("check", "--database", centre) == cli.DONE


def test_a_centre_is_restored_on_a_machine_that_has_none(centre: Path, tmp_path: Path) -> None:
    copy, new = tmp_path / "copy.sqlite", tmp_path / "new" / "place" / "solop.sqlite"
    run("backup", copy, "--database", centre)
    assert run("restore", copy, "--database", new) == cli.DONE
    assert name_of(new) == name_of(centre)


def test_a_copy_with_one_wrong_byte_is_refused_and_nothing_changes(
    centre: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.sqlite"
    run("backup", copy, "--database", centre)
    copy.write_bytes(copy.read_bytes()[:-1] + b"!")
    before = centre.read_bytes()
    assert run("restore", copy, "--database", centre) == cli.REFUSED
    assert "đã hỏng" in capsys.readouterr().err
    assert centre.read_bytes() == before


def test_nothing_is_restored_while_another_program_works(
    centre: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.sqlite"
    run("backup", copy, "--database", centre)
    rename(centre)
    with lock.hold(centre, "Hoàng Thị Mai"):
        assert run("restore", copy, "--database", centre) == cli.REFUSED
        assert run("backup", tmp_path / "second.sqlite", "--database", centre) == cli.DONE
    assert "(Hoàng Thị Mai) đang làm việc" in capsys.readouterr().err
    assert name_of(centre) == "Tên sau"
    assert run("restore", copy, "--database", centre) == cli.DONE


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_files_that_are_not_there_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    database = tmp_path / "none.sqlite"
    assert run(command, tmp_path / "copy.sqlite", "--database", database) == cli.REFUSED
    assert capsys.readouterr().err.count("\n") == 1
    assert not database.exists()


def test_a_place_that_is_not_there_is_one_sentence(
    centre: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "usb" / "copy.sqlite"
    assert run("backup", copy, "--database", centre) == cli.REFUSED
    assert "Không thấy nơi ghi" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert run("restore", copy, "--database", tmp_path / "file" / "a.sqlite") == cli.REFUSED
    assert "Không lập được thư mục" in capsys.readouterr().err


def test_both_commands_want_a_file() -> None:
    for command in ("backup", "restore"):
        with pytest.raises(SystemExit) as end:
            cli.main([command])
        assert end.value.code == 2


def test_the_journal_of_the_restored_file_says_what_was_put_back(
    centre: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "ban-sao.sqlite"
    assert run("backup", copy, "--database", centre) == cli.DONE
    assert run("restore", copy, "--database", centre) == cli.DONE
    with closing(database.open_existing(centre)) as opened, opened.reading() as db:
        newest = history.act_list(db, ActFilter(limit=1))[0]
        assert list(journal.findings(db)) == []
    assert newest.kind is ActKind.RESTORE
    assert newest.name.startswith("Phục hồi từ bản sao lúc ")
    assert "thay dữ liệu đến mục" in newest.reason


def test_copies_nobody_can_rely_on_are_named_and_stay(
    centre: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = backups.make(centre, backups.BackupKind.MANUAL).path
    bare = backups.make(centre, backups.BackupKind.MANUAL).path
    cut.write_bytes(cut.read_bytes()[:-1])
    bare.with_name(bare.name + ".json").unlink()
    for command in (["check"], ["backup", tmp_path / "copy.sqlite"]):
        assert run(*command, "--database", centre) == cli.DONE
        notes = {line for line in capsys.readouterr().out.splitlines() if "Lưu ý" in line}
        assert notes == {
            f"Lưu ý: bản sao {bare} không dùng được. Thiếu tệp mô tả đi kèm (.json), "
            "hoặc không đọc được.",
            f"Lưu ý: bản sao {cut} không dùng được. Kích thước khác lúc sao lưu.",
        }
    assert cut.exists()
    assert bare.exists()
