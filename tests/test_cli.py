"""The commands: what they write, what they refuse, and how they end."""

import json
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from pypdf import PdfReader

from app import cli, paths, startup
from app import database as database_room
from app.database import Database
from app.errors import StorageError
from app.services import certificates, enrolment, papers, registers
from app.text import clean

ROOT = Path(__file__).parent.parent
ROSTERS = Path(__file__).parent / "data" / "rosters"


def words(pdf: bytes) -> str:
    return clean(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def test_the_demo_writes_a_database_and_every_paper(demo_folder: Path) -> None:
    assert {path.name for path in demo_folder.iterdir()} == {
        cli.DEMO_DATABASE,
        "giay-chung-nhan.pdf",
        "danh-sach-hoc-vien.pdf",
        "bang-diem-danh-trong.pdf",
        "bang-diem-danh.pdf",
        "so-cap-giay-chung-nhan.pdf",
        "bao-cao-tong-ket.pdf",
    }


def test_the_demo_can_be_built_again_over_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert cli.main(["demo", str(tmp_path)]) == cli.DONE
    database = str(tmp_path / cli.DEMO_DATABASE)
    assert cli.main(["check", "--database", database]) == cli.DONE
    assert "Không thấy lỗi." in capsys.readouterr().out


def test_every_certificate_prints_what_the_database_holds(
    demo: Database, demo_folder: Path
) -> None:
    with demo.reading() as db:
        sheets = certificates.sheets(db, certificates.class_certificates(db, 1))
    pages = PdfReader(demo_folder / "giay-chung-nhan.pdf").pages
    assert len(pages) == len(sheets)
    for page, sheet in zip(pages, sheets, strict=True):
        printed = clean(page.extract_text())
        for value in (
            sheet.full_name,
            sheet.born,
            sheet.unit,
            sheet.course_title.upper(),
            sheet.period,
            sheet.classification,
            sheet.certificate_number,
            sheet.decision,
            sheet.register_number,
            sheet.place_and_date,
            sheet.signer_name,
        ):
            assert value in printed


def test_every_learner_stands_in_the_list_and_the_sheets(demo: Database, demo_folder: Path) -> None:
    with demo.reading() as db:
        roll = enrolment.class_roll(db, 1)
        marks = papers.attendance_sheet(db, 1, filled=True)
    listed = words((demo_folder / "danh-sach-hoc-vien.pdf").read_bytes())
    marked = words((demo_folder / "bang-diem-danh.pdf").read_bytes())
    for row in roll:
        assert row.full_name in listed
        assert row.full_name in marked
        assert row.born is not None
        assert row.born.short in listed
    for session in marks.sessions:
        assert session.present in marked


def test_the_register_prints_each_number_once_in_order(demo: Database, demo_folder: Path) -> None:
    printed = words((demo_folder / "so-cap-giay-chung-nhan.pdf").read_bytes())
    with demo.reading() as db:
        numbers = [row.register_number for row in papers.register_sheet(db, 1).rows]
    places = [printed.index(number) for number in numbers]
    assert places == sorted(places)
    assert all(printed.count(number) == 1 for number in numbers)


@pytest.mark.parametrize("name", ["D01_title_group_formula_stt", "D09_five_thousand_rows"])
def test_a_roster_becomes_json(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    cli.main(["roster", str(ROSTERS / f"{name}.xlsx"), "--json", str(out)])
    result = json.loads(out.read_text(encoding="utf-8"))
    assert f"{len(result['accepted'])} dòng nhập được" in capsys.readouterr().out
    assert all(row["ho_ten"] for row in result["accepted"])


def test_a_file_that_is_no_roster_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "a.xlsx", tmp_path / "out.json"
    path.write_text("đây là văn bản")
    assert cli.main(["roster", str(path), "--json", str(out)]) == cli.REFUSED
    assert json.loads(out.read_text(encoding="utf-8"))["file_error"]
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("key", ["1", "DVM-KI-2026"])
def test_the_papers_of_a_class_by_code_or_number(
    key: str, demo_folder: Path, tmp_path: Path
) -> None:
    database = str(demo_folder / cli.DEMO_DATABASE)
    for command, original in (
        ("certificates", "giay-chung-nhan.pdf"),
        ("closing-report", "bao-cao-tong-ket.pdf"),
    ):
        out = tmp_path / f"{command}.pdf"
        assert cli.main([command, key, "--out", str(out), "--database", database]) == cli.DONE
        assert out.read_bytes() == (demo_folder / original).read_bytes()


def test_an_unknown_class_is_refused_with_the_codes_there_are(
    demo_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = str(demo_folder / cli.DEMO_DATABASE)
    arguments = ["closing-report", "XX", "--out", str(tmp_path / "x.pdf"), "--database", database]
    assert cli.main(arguments) == cli.REFUSED
    assert "DVM-KI-2026" in capsys.readouterr().err
    assert not (tmp_path / "x.pdf").exists()


def test_a_missing_database_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--database", str(tmp_path / "none.sqlite")]) == cli.REFUSED
    assert "Không thấy tệp dữ liệu" in capsys.readouterr().err


def test_wrong_usage_ends_with_two() -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["certificates"])
    assert end.value.code == 2


def test_without_a_display_the_window_says_so() -> None:
    assert "Không có màn hình" in startup.missing_for_window("linux", {})
    assert startup.missing_for_window("win32", {}) == ""
    assert startup.missing_for_window("linux", {"QT_QPA_PLATFORM": "offscreen"}) == ""


def test_a_demo_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder" / cli.DEMO_DATABASE).mkdir(parents=True)
    for folder in ("file", "folder", "file/inside"):
        assert cli.main(["demo", str(tmp_path / folder)]) == cli.REFUSED
        assert capsys.readouterr().err.count("\n") == 1


def test_a_file_where_a_folder_should_be_is_not_called_a_database(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="Không tạo được"):
        database_room.create(tmp_path / "file" / "centre.sqlite")


@pytest.mark.parametrize("code_page", ["cp1252", "ascii"])
def test_vietnamese_is_written_whatever_the_code_page(
    demo_folder: Path, monkeypatch: pytest.MonkeyPatch, code_page: str
) -> None:
    raw = BytesIO()
    monkeypatch.setattr("sys.stdout", TextIOWrapper(raw, encoding=code_page))
    assert cli.main(["check", "--database", str(demo_folder / cli.DEMO_DATABASE)]) == cli.DONE
    sys.stdout.flush()
    assert raw.getvalue().decode() == "Không thấy lỗi.\n"


def test_an_impossible_number_of_a_class_is_one_sentence(
    demo_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--out", str(tmp_path / "x.pdf"), "--database", str(demo_folder / cli.DEMO_DATABASE)]
    for key in ("²", "9" * 30):
        assert cli.main(["certificates", key, *place]) == cli.REFUSED
        assert "Không có lớp" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_ends_a_command_quietly(demo_folder: Path) -> None:
    database = demo_folder / cli.DEMO_DATABASE
    command = [sys.executable, "main.py", "statistics", "--database", str(database)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""


def test_a_command_that_is_stopped_says_so_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(registers, "load", stop)
    database = tmp_path / "so.sqlite"
    assert cli.main(["load", str(ROOT / "tests/data/binhgia"), "--database", str(database)]) == 130
    assert capsys.readouterr().err == "Đã dừng. Việc đang ghi dở không được ghi.\n"
    assert not database.exists()


def test_commands_use_the_file_at_the_place_chosen_in_the_window(
    centre_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SOLOP_DATA", str(tmp_path))
    assert cli.main(["check"]) == cli.REFUSED
    assert str(tmp_path / "solop.sqlite") in capsys.readouterr().err
    paths.choose_centre_file(centre_file)
    assert cli.main(["check"]) == cli.DONE
