"""From a machine without data to a working program, and the next start that finds the file."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import backups, cli, paths
from app.backups import BackupKind, Copy
from app.services import accounts, class_tasks
from app.services.accounts import AccountForm
from app.terms import Role
from app.ui import files
from app.ui.dialogs import Dialog
from app.ui.first_run.wizard import FirstRunWizard
from app.ui.frame import MainWindow
from app.ui.recovery.copies_dialog import CopiesDialog
from app.ui.recovery.rescue import RescueDialog
from app.ui.session import entrance
from app.ui.session.entrance import Opened
from app.ui.settings import drives
from app.ui.settings.backup_work import USB_FOLDER
from app.ui.settings.drives import Drive
from tests.ui.answering import answer

Start = Callable[[], Opened | None]


@pytest.fixture
def start(window: MainWindow) -> Iterator[Start]:
    """Start the program as a double click does; what it opened is closed at the next start."""
    opened: list[Opened] = []

    def run() -> Opened | None:
        while opened:
            opened.pop().close()
        if now := entrance.open_file(window, paths.centre_file()):
            opened.append(now)
        return now

    yield run
    while opened:
        opened.pop().close()


@pytest.fixture
def old_file(demo_folder: Path, tmp_path: Path) -> Path:
    """The file of the old machine."""
    folder = tmp_path / "old"
    folder.mkdir()
    return Path(shutil.copy(demo_folder / cli.DEMO_DATABASE, folder / "solop.sqlite"))


@pytest.fixture
def copy(old_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """A copy of it on a USB disk that is plugged in."""
    root = tmp_path / "usb"
    (root / USB_FOLDER).mkdir(parents=True)
    monkeypatch.setattr(drives, "removable_drives", lambda: [Drive("KINGSTON", root, 10**10)])
    return backups.to_second_place(backups.make(old_file, BackupKind.MANUAL), root / USB_FOLDER)


def press(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    assert button.isEnabled()
    button.click()


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(files, "open_file", lambda *_: path)


def said(dialog: QWidget) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if not each.isHidden())


def put_elsewhere(folder: Path) -> None:
    """Answer the wizard with another folder and a centre, the rest left for later."""

    def act(wizard: FirstRunWizard) -> None:
        wizard.place.field("folder").fill(folder)
        wizard.next_step()
        wizard.centre.field("name").fill("Trung tâm Chính trị xã An Bình")
        press(wizard, "later")

    answer(FirstRunWizard, act)


def number_of_classes(opened: Opened) -> int:
    with opened.database.reading() as db:
        return len(class_tasks.class_list(db))


def test_the_second_start_finds_the_place_chosen_at_the_first(start: Start, tmp_path: Path) -> None:
    put_elsewhere(tmp_path / "D" / "So Lop")
    first = start()
    assert first
    chosen = tmp_path / "D" / "So Lop" / "solop.sqlite"
    assert (first.database.path, paths.centre_file()) == (chosen, chosen)
    again = start()
    assert again
    assert again.database.path == chosen
    assert not again.database.read_only


def test_the_usual_place_needs_no_note(start: Start) -> None:
    answer(FirstRunWizard, lambda wizard: press(wizard, "later"))
    assert start()
    assert paths.chosen_centre_file() is None


def test_what_was_left_for_later_is_asked_again_at_the_next_start(start: Start) -> None:
    answer(FirstRunWizard, lambda wizard: press(wizard, "later"))
    assert start()

    def name_it(wizard: FirstRunWizard) -> None:
        assert wizard.step() == 1
        wizard.centre.field("name").fill("Trung tâm Chính trị xã An Bình")
        press(wizard, "later")

    answer(FirstRunWizard, name_it)
    assert start()
    assert start()  # asks nothing any more


def test_a_place_that_went_missing_is_told_of_and_no_new_file_is_made(
    start: Start, tmp_path: Path
) -> None:
    put_elsewhere(tmp_path / "stick")
    assert start()
    told: list[str] = []

    def plug_in(dialog: RescueDialog) -> None:
        told.append(said(dialog))
        (tmp_path / "drawer").rename(tmp_path / "stick")
        press(dialog, "try_again")

    first = start()
    assert first
    first.close()
    (tmp_path / "stick").rename(tmp_path / "drawer")
    answer(RescueDialog, plug_in)
    opened = start()
    assert f"Không thấy thư mục {tmp_path / 'stick'}" in told[0]
    assert opened
    assert opened.database.path == tmp_path / "stick" / "solop.sqlite"


def test_who_leaves_a_missing_place_finds_nothing_made(start: Start, tmp_path: Path) -> None:
    paths.choose_centre_file(tmp_path / "gone" / "solop.sqlite")
    answer(RescueDialog, lambda dialog: press(dialog, "leave"))
    assert start() is None
    assert not (tmp_path / "gone").exists()
    assert not (paths.data_home() / "solop.sqlite").exists()


@pytest.mark.parametrize("is_for_good", [True, False])
def test_a_file_opened_instead_of_a_missing_one_is_the_one_from_now_on_if_wanted(
    start: Start,
    old_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_for_good: bool,
) -> None:
    gone = tmp_path / "gone" / "solop.sqlite"
    paths.choose_centre_file(gone)
    choose(monkeypatch, old_file)
    answer(RescueDialog, lambda dialog: press(dialog, "other_file"))
    answer(Dialog, lambda dialog: press(dialog, "action" if is_for_good else "cancel"))
    opened = start()
    assert opened
    assert opened.database.path == old_file
    assert paths.centre_file() == (old_file if is_for_good else gone)


def test_the_file_of_the_old_machine_is_opened_and_found_again(
    start: Start, old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, old_file)
    answer(FirstRunWizard, lambda wizard: press(wizard, "open_existing"))
    opened = start()
    assert opened
    assert number_of_classes(opened) > 0
    again = start()
    assert again
    assert again.database.path == old_file


def test_a_file_in_a_synchronised_folder_is_opened_only_after_a_question(
    start: Start, old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synchronised = old_file.parent / "OneDrive" / "solop.sqlite"
    synchronised.parent.mkdir()
    shutil.copy(old_file, synchronised)
    choose(monkeypatch, synchronised)
    asked: list[str] = []

    def no(dialog: Dialog) -> None:
        asked.append(said(dialog))
        press(dialog, "cancel")

    def try_it(wizard: FirstRunWizard) -> None:
        answer(Dialog, no)
        press(wizard, "open_existing")
        assert wizard.found is None
        wizard.reject()

    answer(FirstRunWizard, try_it)
    assert start() is None
    assert "OneDrive" in asked[0]


def refusal_of(
    start: Start, monkeypatch: pytest.MonkeyPatch, path: Path, name: str, qtbot: QtBot
) -> str:
    """What the first page says of a file, after which the user leaves."""
    told: list[str] = []
    choose(monkeypatch, path)

    def try_it(wizard: FirstRunWizard) -> None:
        press(wizard, name)
        qtbot.waitUntil(lambda: not wizard.place.problem.isHidden())
        told.append(wizard.place.problem.text())
        assert wizard.found is None
        wizard.reject()

    answer(FirstRunWizard, try_it)
    assert start() is None
    assert not paths.centre_file().exists()
    return told[0]


def test_a_copy_is_never_worked_in(
    start: Start, copy: Copy, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    words = refusal_of(start, monkeypatch, copy.path, "open_existing", qtbot)
    assert "là bản sao" in words
    assert "Bấm “Phục hồi từ bản sao…”" in words


def test_a_file_of_another_kind_is_not_opened(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    letter = tmp_path / "thư.sqlite"
    letter.write_text("Kính gửi\n" * 500)
    words = refusal_of(start, monkeypatch, letter, "open_existing", qtbot)
    assert "thư.sqlite là tệp văn bản" in words


def test_a_copy_on_a_usb_disk_leads_to_a_working_program(start: Start, copy: Copy) -> None:
    def take_newest(dialog: CopiesDialog) -> None:
        press(dialog, "action")

    def restore(wizard: FirstRunWizard) -> None:
        answer(CopiesDialog, take_newest)
        press(wizard, "restore_first")

    answer(FirstRunWizard, restore)
    opened = start()
    assert opened
    assert opened.database.path == paths.data_home() / "solop.sqlite"
    assert not opened.database.read_only
    assert number_of_classes(opened) == copy.classes > 0
    assert copy.path.exists()
    assert start()  # asks nothing


def test_a_damaged_copy_is_refused_in_words(
    start: Start,
    copy: Copy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(drives, "removable_drives", list)
    with copy.path.open("r+b") as file:
        file.seek(copy.size // 2)
        file.write(b"\xff" * 64)
    words = refusal_of(start, monkeypatch, copy.path, "restore_first", qtbot)
    assert "đã hỏng, không dùng được" in words


def test_a_file_with_users_asks_for_the_password_before_anything_about_the_centre(
    start: Start,
) -> None:
    answer(FirstRunWizard, lambda wizard: press(wizard, "later"))
    opened = start()
    assert opened
    with opened.database.writing("Thêm người dùng") as db:
        accounts.save_account(db, AccountForm("Hoàng Thị Mai", (Role.ADMIN,)))
    assert start()  # no wizard: whoever may name the centre signs in first
