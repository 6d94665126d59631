"""The first-run wizard, from the first question to the open file."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import database
from app.errors import StorageError
from app.services import accounts, centre, programmes, settings, setup
from app.terms import DocumentFamily, Role
from app.ui import days
from app.ui.first_run.wizard import FirstRunWizard, finish
from app.ui.form import FormDialog
from app.ui.settings import drives
from app.ui.settings.drives import Drive
from tests.ui.answering import answer as answer_dialog

TODAY = date(2026, 10, 15)
MAI = "Hoàng Thị Mai"
CENTRE, SIGNATORY, LAST = 1, 2, 5
Screen = Callable[[QWidget, str], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "centre.sqlite"


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: TODAY)


@pytest.fixture(autouse=True)
def _every_question_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaving asks; nobody is there to answer."""
    monkeypatch.setattr("app.ui.dialogs.confirm", lambda *_args, **_words: True)


@pytest.fixture
def wizard(qtbot: QtBot, path: Path) -> Iterator[FirstRunWizard]:
    made = FirstRunWizard(None, path)
    qtbot.addWidget(made)
    made.show()
    yield made
    if made.database:
        made.database.close()


def write(wizard: FirstRunWizard, name: str, text: str) -> None:
    line = wizard.centre.field(name).editor
    assert isinstance(line, QLineEdit)
    line.setText(text)


def answer(wizard: FirstRunWizard) -> None:
    """Fill in everything that has no default, up to the last step."""
    while wizard.step() < CENTRE:
        wizard.next_step()
    write(wizard, "name", "Trung tâm Chính trị xã An Bình")
    wizard.centre.field("numbers_used").fill(26)
    wizard.next_step()
    wizard.signatory.field("name").fill("Hoàng Văn Tuấn")
    while wizard.step() < LAST:
        wizard.next_step()


def test_the_last_step_makes_a_file_with_centre_signatory_and_catalogue(
    wizard: FirstRunWizard, path: Path
) -> None:
    answer(wizard)
    assert not path.exists()
    wizard.next_step()
    assert wizard.database is not None
    with wizard.database.reading() as db:
        form = centre.latest(db)
        assert (form.name, form.parent_line) == (
            "Trung tâm Chính trị xã An Bình",
            "ĐẢNG ỦY XÃ AN BÌNH",
        )
        assert (form.place_name, form.short_code) == ("An Bình", "TTCT")
        assert form.document_family is DocumentFamily.PARTY
        assert form.numbers_used == 26
        assert [row.name for row in centre.signatories(db)] == ["Hoàng Văn Tuấn"]
        assert len(programmes.programme_list(db)) > 5


def test_lines_follow_the_name_until_they_are_edited(wizard: FirstRunWizard) -> None:
    write(wizard, "name", "Trung tâm Chính trị xã An")
    write(wizard, "place_name", "Thị trấn An")
    write(wizard, "name", "Trung tâm Chính trị xã An Bình")
    found = wizard.centre.draft()
    assert found.parent_line == "ĐẢNG ỦY XÃ AN BÌNH"
    assert found.place_name == "Thị trấn An"


def test_a_step_half_filled_in_is_not_left(wizard: FirstRunWizard) -> None:
    wizard.next_step()
    wizard.centre.field("numbers_used").fill(26)
    assert wizard.action.text() == "Tiếp tục"
    wizard.next_step()
    assert wizard.step() == CENTRE
    assert wizard.centre.field("name").problem_shown
    wizard.leave_rest()
    assert wizard.step() == CENTRE


def test_a_step_nothing_was_typed_in_is_skipped_by_a_button_that_says_so(
    wizard: FirstRunWizard,
) -> None:
    wizard.next_step()
    assert wizard.action.text() == "Bỏ qua bước này"
    wizard.next_step()
    assert wizard.step() == SIGNATORY


def test_a_page_left_half_filled_is_shown_before_the_rest_is_left_for_later(
    wizard: FirstRunWizard, path: Path
) -> None:
    wizard.next_step()
    wizard.centre.field("place_name").fill("An Bình")
    wizard.previous_step()
    wizard.leave_rest()
    assert wizard.step() == CENTRE
    assert wizard.centre.field("name").problem_shown
    assert not path.exists()


def test_everything_left_for_later_makes_a_file_with_the_catalogue_alone(
    wizard: FirstRunWizard,
) -> None:
    wizard.leave_rest()
    assert wizard.database is not None
    with wizard.database.reading() as db:
        assert not centre.is_set_up(db)
        assert centre.signatories(db) == []
        assert len(programmes.programme_list(db)) > 5
        assert settings.load(db) == settings.Settings()
        assert not accounts.are_used(db)


def test_going_back_keeps_what_was_typed(wizard: FirstRunWizard) -> None:
    answer(wizard)
    for _ in range(LAST):
        wizard.previous_step()
    assert wizard.step() == 0
    assert wizard.centre.draft().name == "Trung tâm Chính trị xã An Bình"


def test_the_next_number_continues_the_paper_register(wizard: FirstRunWizard) -> None:
    answer(wizard)
    assert "Số 027-GCN/TTCT · Số vào sổ: 027/" in wizard.centre.example.text()


def test_leaving_makes_nothing(wizard: FirstRunWizard, path: Path) -> None:
    answer(wizard)
    wizard.reject()
    assert wizard.database is None
    assert not path.exists()


def test_a_failed_setup_leaves_no_file(
    wizard: FirstRunWizard, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise StorageError("Ổ đĩa đã đầy.")

    shown: list[str] = []
    monkeypatch.setattr(setup, "set_up", fail)
    monkeypatch.setattr("app.ui.dialogs.show_error", lambda _w, error: shown.append(str(error)))
    answer(wizard)
    wizard.next_step()
    assert shown == ["Ổ đĩa đã đầy."]
    assert wizard.step() == 0
    assert wizard.database is None
    assert not path.exists()


def test_an_empty_file_is_finished_in_place(qtbot: QtBot, path: Path) -> None:
    opened = database.create(path)
    made = FirstRunWizard(None, path, opened)
    qtbot.addWidget(made)
    made.show()
    made.previous_step()
    assert made.step() == CENTRE
    answer(made)
    made.next_step()
    assert made.database is opened
    with opened.reading() as db:
        assert centre.is_set_up(db)
    opened.close()


def test_a_file_that_is_not_finished_is_closed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = database.create(path)
    closed: list[Path] = []
    monkeypatch.setattr(opened, "close", lambda: closed.append(opened.path))
    monkeypatch.setattr(FirstRunWizard, "exec", lambda _self: 0)
    assert finish(None, opened) is None
    assert closed == [path]
    monkeypatch.undo()
    opened.close()


def test_a_deputy_signs_on_behalf_and_the_paper_for_it_is_asked_for(
    wizard: FirstRunWizard,
) -> None:
    wizard.next_step()
    wizard.next_step()
    form = wizard.signatory
    form.field("name").fill("Hoàng Văn Tuấn")
    assert form.needed.isHidden()
    form.field("deputy").fill("Nông Thị Hiền")
    assert form.needed.isVisible()
    form.field("authorisation").fill("12-QĐ/TTCT")
    assert form.needed.isHidden()
    wizard.leave_rest()
    assert wizard.database
    with wizard.database.reading() as db:
        found = {row.name: (row.title, row.authority) for row in centre.signatories(db)}
    assert found == {
        "Hoàng Văn Tuấn": ("GIÁM ĐỐC", ""),
        "Nông Thị Hiền": ("PHÓ GIÁM ĐỐC", "K/T GIÁM ĐỐC"),
    }


def test_the_title_counts_the_steps(wizard: FirstRunWizard) -> None:
    wizard.next_step()
    assert wizard.windowTitle() == "Thiết lập lần đầu – bước 2 / 6"


def test_the_file_is_made_in_the_chosen_folder(wizard: FirstRunWizard, tmp_path: Path) -> None:
    wizard.place.field("folder").fill(tmp_path / "Dữ liệu  lớp")
    wizard.leave_rest()
    assert wizard.database
    assert wizard.database.path == tmp_path / "Dữ liệu  lớp" / "centre.sqlite"


def test_a_folder_that_has_a_file_is_refused_and_the_file_left_alone(
    wizard: FirstRunWizard, path: Path
) -> None:
    path.write_bytes(b"old")
    wizard.next_step()
    assert wizard.step() == 0
    assert "đã có tệp centre.sqlite" in wizard.place.field("folder").editor.accessibleDescription()
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("typed", ["", "half/a/path", "~nobody/x", "{tmp}/note.txt/within"])
def test_a_folder_that_cannot_be_is_refused_at_once(
    wizard: FirstRunWizard, tmp_path: Path, typed: str
) -> None:
    (tmp_path / "note.txt").write_text("x")
    wizard.place.field("folder").fill(typed.format(tmp=tmp_path))
    wizard.next_step()
    assert wizard.step() == 0
    assert wizard.place.field("folder").problem_shown


def test_a_folder_whose_name_no_disk_takes_is_refused_in_words(
    wizard: FirstRunWizard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("app.ui.dialogs.show_error", lambda _w, error: shown.append(str(error)))
    wizard.place.field("folder").fill(tmp_path / ("x" * 300))
    wizard.leave_rest()
    assert wizard.step() == 0
    assert "Kiểm tra quyền ghi thư mục" in shown[0]


def test_a_synchronised_folder_is_warned_of(wizard: FirstRunWizard, tmp_path: Path) -> None:
    assert not wizard.place.warning.isVisible()
    wizard.place.field("folder").fill(tmp_path / "OneDrive" / "So Lop")
    assert wizard.place.warning.isVisible()
    assert "OneDrive" in wizard.place.warning.text()


def test_a_programme_without_its_tick_is_not_offered(wizard: FirstRunWizard) -> None:
    wizard.programmes.boxes["NTVD"].setChecked(False)
    wizard.leave_rest()
    assert wizard.database
    with wizard.database.reading() as db:
        offered = {row.code for row in programmes.programme_list(db, only_active=True)}
        assert "NTVD" in {row.code for row in programmes.programme_list(db)}
    assert offered == wizard.programmes.offered()
    assert "NTVD" not in offered


def test_a_usb_disk_becomes_the_second_place_by_one_button(
    wizard: FirstRunWizard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    monkeypatch.setattr(drives, "removable_drives", lambda: [Drive("KINGSTON", usb, 10**10)])
    answer(wizard)
    wizard.previous_step()
    use = wizard.findChild(QPushButton, "use_drive")
    assert isinstance(use, QPushButton)
    use.click()
    assert wizard.copies.places.text().splitlines()[1] == str(usb)
    wizard.leave_rest()
    assert wizard.database
    with wizard.database.reading() as db:
        assert settings.load(db).second_place == str(usb)


def test_the_folder_of_the_file_is_no_second_place(wizard: FirstRunWizard, path: Path) -> None:
    answer(wizard)
    wizard.previous_step()
    field = wizard.copies.field("second_place")
    field.fill(path.parent)
    wizard.next_step()
    assert field.problem_shown
    field.fill(path.parent / "gone")
    wizard.next_step()
    assert field.problem_shown
    field.fill(None)
    wizard.next_step()
    assert wizard.step() == LAST


def test_a_second_place_that_is_not_there_is_not_slipped_in_from_another_page(
    wizard: FirstRunWizard, path: Path
) -> None:
    answer(wizard)
    wizard.previous_step()
    wizard.copies.field("second_place").fill(path.parent / "gone")
    wizard.previous_step()
    wizard.leave_rest()
    assert wizard.step() == LAST - 1
    assert wizard.copies.field("second_place").problem_shown
    assert not path.exists()


def fill_account(dialog: FormDialog, password: str = "phuongmai") -> None:
    for name, value in {"full_name": MAI, "password": password, "again": password}.items():
        dialog.form.field(name).fill(value)
    dialog.action.click()


def test_the_first_user_is_set_by_the_form_of_the_settings(wizard: FirstRunWizard) -> None:
    answer(wizard)
    assert wizard.account.outcome.text() == "Không hỏi gì: một người dùng, không mật khẩu."
    answer_dialog(FormDialog, fill_account)
    wizard.account.ask()
    assert wizard.account.outcome.text() == f"Hỏi mật khẩu của {MAI}."
    wizard.next_step()
    assert wizard.database
    with wizard.database.reading() as db:
        (row,) = accounts.account_list(db)
        assert row.title == f"{MAI} · Giáo vụ, Quản trị"
        assert accounts.check_password(db, row.id, "phuongmai").user


def test_nobody_is_a_lecturer_before_there_is_a_list_of_them(wizard: FirstRunWizard) -> None:
    told: list[str] = []

    def as_lecturer(dialog: FormDialog) -> None:
        roles = dialog.form.field("roles")
        roles.fill((Role.LECTURER, Role.ADMIN))
        fill_account(dialog)
        told.append(roles.editor.accessibleDescription())
        roles.fill((Role.CLERK, Role.ADMIN))
        fill_account(dialog)

    answer_dialog(FormDialog, as_lecturer)
    wizard.account.ask()
    assert told == ["Chưa có danh sách giảng viên. Thêm vai trò này sau, ở Cài đặt."]
    assert wizard.account.account


def test_a_short_password_is_refused_in_the_form_and_a_user_can_be_dropped_again(
    wizard: FirstRunWizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("app.ui.dialogs.show_error", lambda _w, error: shown.append(str(error)))

    def too_short(dialog: FormDialog) -> None:
        fill_account(dialog, "mai")
        fill_account(dialog)

    answer_dialog(FormDialog, too_short)
    wizard.account.ask()
    assert shown == ["Mật khẩu cần ít nhất 6 ký tự."]
    assert wizard.account.account
    wizard.account.keep(None, "")
    wizard.leave_rest()
    assert wizard.database
    with wizard.database.reading() as db:
        assert not accounts.are_used(db)


def test_every_step_can_be_seen(wizard: FirstRunWizard, screen: Screen) -> None:
    names = {1: "Trung tâm Chính trị xã An Bình", 2: "Hoàng Văn Tuấn"}
    for step, form in enumerate(wizard._forms()):
        if name := names.get(step):
            form.field("name").fill(name)
        form.renew()
        screen(wizard, f"20-lan-dau-{step + 1}")
        if step < LAST:
            wizard.next_step()
    assert not wizard.signatory.preview.picture.pixmap().isNull()
