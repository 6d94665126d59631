"""Headless commands: parse, call a service, print."""

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import cli_registers, cli_roster, paths
from app.errors import AppError, FileError, StorageError

if TYPE_CHECKING:
    # The window reads this module too, and is painted before SQLAlchemy is imported.
    from app.backups import Copy
    from app.database import Database

DONE, REFUSED, INTERRUPTED = 0, 1, 130
DEMO_DATABASE = "trung-tam-minh-hoa.sqlite"
COMMANDS = {
    *("demo", "roster", "certificates", "closing-report", "check", "backup", "restore"),
    *("load", "statistics"),
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; 0 done, 1 refused or problems found, 2 wrong usage, 130 stopped."""
    _speak_vietnamese()
    parser = _parser()
    options = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        outcome = command(options)
        sys.stdout.flush()
    except AppError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("Đã dừng. Việc đang ghi dở không được ghi.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    return outcome


def _speak_vietnamese() -> None:
    """Write UTF-8 also where the system would choose a code page without ế and ừ."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="solop", description="Sổ Lớp. Không có lệnh thì mở cửa sổ chương trình."
    )
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    demo = commands.add_parser("demo", help="lập trung tâm minh họa và in giấy tờ vào thư mục")
    demo.add_argument("folder", type=Path, metavar="DIR")
    demo.set_defaults(command=_demo)
    cli_roster.add_command(commands)
    _add_papers(commands)
    check = commands.add_parser("check", help="kiểm tra dữ liệu, mỗi lỗi một dòng")
    check.add_argument("--json", type=Path)
    _database_option(check)
    check.set_defaults(command=_check)
    for name, command, words in (
        ("backup", _backup, "sao lưu dữ liệu vào FILE và kiểm tra bản sao"),
        ("restore", _restore, "phục hồi dữ liệu từ bản sao FILE; dữ liệu đang có được giữ lại"),
    ):
        copying = commands.add_parser(name, help=words)
        copying.add_argument("file", type=Path, metavar="FILE")
        _database_option(copying)
        copying.set_defaults(command=command)
    for one in cli_registers.add_commands(commands):
        _database_option(one)
    return parser


def _add_papers(commands: Any) -> None:
    for name, command, words in (
        ("certificates", _certificates, "in giấy chứng nhận đã cấp của một lớp"),
        ("closing-report", _closing_report, "in báo cáo tổng kết của một lớp"),
    ):
        paper = commands.add_parser(name, help=words)
        paper.add_argument("training_class", metavar="CLASS", help="mã lớp hoặc số thứ tự")
        paper.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
        _database_option(paper)
        paper.set_defaults(command=command)


def _database_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", type=Path, default=paths.centre_file(), metavar="FILE")


def _demo(options: argparse.Namespace) -> int:
    from app import database
    from app.services import accounts

    path = options.folder / DEMO_DATABASE
    _clear(path)
    user = accounts.without_account("Bản minh họa")
    with contextlib.closing(database.create(path, user=user)) as opened:
        pdfs = _papers(opened, _build_demo(opened))
    for name, pdf in pdfs.items():
        paths.write_atomically(options.folder / name, pdf)
        print(options.folder / name)
    print(f"Dữ liệu: {path}")
    return DONE


def _clear(path: Path) -> None:
    """Remove an earlier demo, so that a new one can be built."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(f"Không thay được {path}. Chọn thư mục khác cho bản minh họa.") from error


def _build_demo(opened: "Database") -> int:
    from app.services import demo
    from app.spreadsheets.roster import read_roster

    bundled = paths.resources() / "demo"
    rosters = {name: read_roster(bundled / name).rows for name in demo.ROSTERS}
    with opened.writing("Lập trung tâm minh họa") as db:
        return demo.build(db, rosters)


def _papers(opened: "Database", class_id: int) -> dict[str, bytes]:
    """Draw every paper of a class."""
    from app.printing import attendance_sheet, class_list, closing_report, register_page
    from app.services import papers, reports

    certificates_pdf = _certificates_pdf(opened, class_id)
    with opened.reading() as db:
        blank = papers.attendance_sheet(db, class_id, filled=False)
        marked = papers.attendance_sheet(db, class_id, filled=True)
        roll = papers.class_list_sheet(db, class_id)
        register = papers.register_sheet(db, class_id)
        report = reports.closing_report_sheet(db, class_id)
    return {
        "giay-chung-nhan.pdf": certificates_pdf,
        "danh-sach-hoc-vien.pdf": class_list.render(roll),
        "bang-diem-danh-trong.pdf": attendance_sheet.render(blank),
        "bang-diem-danh.pdf": attendance_sheet.render(marked),
        "so-cap-giay-chung-nhan.pdf": register_page.render(register),
        "bao-cao-tong-ket.pdf": closing_report.render(report),
    }


def _certificates_pdf(opened: "Database", class_id: int) -> bytes:
    from app.printing import certificate
    from app.services import certificates

    with opened.reading() as db:
        sheets = certificates.sheets(db, certificates.class_certificates(db, class_id))
    return certificate.render(sheets, certificate.load_layout(certificates.LAYOUT))


def _certificates(options: argparse.Namespace) -> int:
    from app.services import classes

    with _opened(options) as opened:
        with opened.reading() as db:
            class_id = classes.find_class(db, options.training_class)
        pdf = _certificates_pdf(opened, class_id)
    paths.write_atomically(options.out, pdf)
    print(f"Giấy chứng nhận: {options.out}")
    return DONE


def _closing_report(options: argparse.Namespace) -> int:
    from app.printing import closing_report
    from app.services import classes, reports

    with _opened(options) as opened, opened.reading() as db:
        sheet = reports.closing_report_sheet(db, classes.find_class(db, options.training_class))
    paths.write_atomically(options.out, closing_report.render(sheet))
    print(f"Báo cáo tổng kết: {options.out}")
    return DONE


def _check(options: argparse.Namespace) -> int:
    from app.services import checks

    with _opened(options) as opened, opened.reading() as db:
        found = checks.findings(db)
    if options.json:
        paths.write_json(options.json, {"findings": found})
    for finding in found:
        print(finding)
    print(f"{len(found)} lỗi." if found else "Không thấy lỗi.")
    _tell_unusable_copies(options.database)
    return REFUSED if found else DONE


def _backup(options: argparse.Namespace) -> int:
    from app import backups

    copy = backups.save_as(options.database, options.file)
    print(f"Bản sao: {copy.path} ({_contents(copy)})")
    _tell_unusable_copies(options.database)
    return DONE


def _tell_unusable_copies(database: Path) -> None:
    """Name the copies beside the file that nobody can rely on; they are no fault of the file."""
    from app import backups

    for copy in backups.copies(database):
        if copy.problem:
            print(f"Lưu ý: bản sao {copy.path} không dùng được. {copy.problem}")


def _restore(options: argparse.Namespace) -> int:
    from app import lock, restoring
    from app.services import accounts

    _make_folder(options.database.parent)
    try:
        with lock.hold(options.database, ""):
            user = accounts.without_account("Lệnh restore")
            restored = restoring.put_back(options.file, options.database, user)
    except lock.Held as error:
        holder = error.holder
        raise StorageError(
            f"Chưa phục hồi: {holder.name} đang làm việc với {options.database}"
            f"{holder.since_words}. Đóng chương trình ở đó rồi chạy lại."
        ) from error
    print(f"Đã phục hồi: {options.database} ({_contents(restored.copy)})")
    if restored.replaced:
        print(f"Dữ liệu trước đó: {restored.replaced}")
    return DONE


def _make_folder(folder: Path) -> None:
    """Make the folder of a database that is restored on a new machine."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"Không lập được thư mục {folder}. Kiểm tra quyền ghi.") from error


def _contents(copy: "Copy") -> str:
    return (
        f"{copy.classes} lớp, {copy.learners} học viên, {copy.certificates} giấy chứng nhận, "
        f"lúc {copy.made_at.astimezone():%H:%M %d/%m/%Y}"
    )


def _opened(options: argparse.Namespace) -> "contextlib.closing[Database]":
    from app import database

    return contextlib.closing(database.open_existing(options.database))
