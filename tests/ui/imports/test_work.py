"""A roster under correction, without a window: nothing changes but what was typed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.services.matching import Match, RosterMatch, as_known, as_new
from app.services.students import StudentForm
from app.spreadsheets.fields import Field
from app.spreadsheets.kept import roster_of_texts
from app.spreadsheets.roster import read_roster
from app.spreadsheets.rows import RosterRow
from app.ui.imports.lines import Standing
from app.ui.imports.reading import Origin, Wish, read, sender_of
from app.ui.imports.work import ImportWork
from app.ui.tasks import Task

ROSTERS = Path(__file__).parents[2] / "data" / "rosters"
FILES = (
    "D01_title_group_formula_stt.xlsx",
    "D02_two_row_header_nam_nu_birth.xlsx",
    "D03_caps_nfd_spaces_split_name.xlsx",
    "D04_birth_date_forms.xlsx",
    "D05_cccd_duplicates_existing.xlsx",
    "D10_repeated_header_second_table.xlsx",
)


@pytest.fixture
def work() -> ImportWork:
    """Two people of whom the second repeats the first one's number."""
    first = {Field.FULL_NAME: "Lò Văn Pẩu", Field.BORN: "2/7/1985"}
    second = {Field.FULL_NAME: "Lò Thị Hoa", Field.BORN: "3/4/1990"}
    number = {Field.IDENTITY_NUMBER: "019085000523"}
    made = ImportWork("ds.xlsx", roster_of_texts("ds", {4: first | number, 5: second | number}))
    made.take([RosterMatch(row, Match.NEW) for row in made.unmatched()])
    return made


@pytest.mark.parametrize("file", FILES)
def test_lines_kept_for_later_say_what_the_file_said(file: str) -> None:
    work = ImportWork(file, read_roster(ROSTERS / file))
    kept = work.kept(work.lines)
    again = roster_of_texts(
        file, {one.row: {Field(code): text for code, text in one.texts.items()} for one in kept}
    )
    assert [plain(row) for row in again.all_rows] == [plain(line.row) for line in work.lines]
    assert {row.row for row in again.rejected} == {row.row for row in work.roster.rejected}


def plain(row: RosterRow) -> RosterRow:
    return replace(row, warnings=())


@pytest.mark.parametrize("file", FILES)
def test_typing_taken_back_leaves_the_file_as_it_was_read(file: str) -> None:
    work = ImportWork(file, read_roster(ROSTERS / file))
    before = work.lines
    first = before[0].row.row
    assert work.edit({first: {Field.FULL_NAME: "Lò Văn Thử"}})
    assert work.lines[0].row.full_name == "Lò Văn Thử"
    assert work.undo()
    assert work.lines == before
    assert not work.undo()


def test_a_mended_line_lets_the_line_it_repeated_in(work: ImportWork) -> None:
    refused = [line.row.row for line in work.of(Standing.ERROR)]
    assert refused
    work.edit({refused[-1]: {Field.IDENTITY_NUMBER: "019090000111"}})
    assert work.of(Standing.ERROR) == []


def test_a_text_typed_again_as_it_was_changes_nothing(work: ImportWork) -> None:
    assert not work.edit({4: {Field.FULL_NAME: "Lò Văn Pẩu"}})
    assert not work.is_touched


def test_a_line_is_looked_up_again_only_when_it_may_be_somebody_else(work: ImportWork) -> None:
    work.edit({5: {Field.IDENTITY_NUMBER: ""}})
    work.take([RosterMatch(row, Match.NEW) for row in work.unmatched()])
    work.edit({5: {Field.PHONE: "0912345678"}})
    assert work.unmatched() == []
    assert [match.row.phone for match in work.valid()] == ["", "0912345678"]
    work.edit({5: {Field.BORN: "4/4/1990"}})
    assert [row.row for row in work.unmatched()] == [5]


def test_an_answer_for_a_line_that_changed_meanwhile_is_not_taken(work: ImportWork) -> None:
    work.edit({5: {Field.IDENTITY_NUMBER: ""}})
    [asked] = work.unmatched()
    work.edit({5: {Field.BORN: "4/4/1990"}})
    work.take([RosterMatch(asked, Match.NEW)])
    assert [row.row for row in work.unmatched()] == [5]


def test_two_lines_cannot_be_one_person(work: ImportWork) -> None:
    work.edit({5: {Field.IDENTITY_NUMBER: ""}})
    first, second = work.lines[0].row, work.unmatched()[0]
    work.take([RosterMatch(first, Match.KNOWN, 7), RosterMatch(second, Match.KNOWN, 7)])
    assert [line.standing for line in work.lines] == [Standing.KNOWN, Standing.CONFLICT]
    assert "Dòng 4" in work.lines[1].words


def test_the_sender_is_the_unit_above_the_table(tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    lines = (
        "ĐẢNG BỘ HUYỆN CHI LĂNG", "ĐẢNG ỦY XÃ TÂN HÒA", "DANH SÁCH", "STT;Họ và tên;Ngày sinh",
        "1;Lò Văn Pẩu;2/7/1985",
    )  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")
    reading = read(Origin(path), Wish(), Task("Đọc", lambda _task: None, None, "Hủy"))
    assert sender_of(reading.roster) == "ĐẢNG ỦY XÃ TÂN HÒA"


def test_a_column_cannot_be_wished_for_twice() -> None:
    wish = Wish().with_column("B", Field.UNIT).with_column("C", Field.UNIT).with_column("D", None)
    assert wish.columns == {"C": Field.UNIT, "D": None}


@pytest.mark.parametrize("decide", [as_new, as_known])
@pytest.mark.parametrize(("proposed", "is_answered"), [(7, True), (8, False)])
def test_an_answer_kept_in_a_draft_counts_for_the_person_asked_about_only(
    work: ImportWork,
    decide: Callable[[RosterMatch], RosterMatch],
    proposed: int,
    is_answered: bool,
) -> None:
    row = work.lines[0].row
    asked = RosterMatch(row, Match.CONFLICT, 7, StudentForm(row.full_name))
    work.decide(decide(asked))
    (kept,) = work.kept(work.lines[:1])
    opened = ImportWork("ds.xlsx", work.original)
    opened.take_draft(1, [kept])
    opened.take([replace(asked, match=Match.KNOWN, student_id=proposed)])
    match = opened.lines[0].match
    assert match is not None
    assert match.is_answered is is_answered
    assert match.match is (decide(asked).match if is_answered else Match.KNOWN)


def test_what_is_said_of_a_number_hides_its_middle() -> None:
    person = {Field.FULL_NAME: "Lò Văn Pẩu", Field.BORN: "2/7/1985"}
    row = person | {Field.IDENTITY_NUMBER: "090012345"}
    work = ImportWork("ds.xlsx", roster_of_texts("ds", {4: row}))
    work.take([RosterMatch(row, Match.NEW) for row in work.unmatched()])
    assert work.lines[0].words == (
        "Số 09••••345 là chứng minh nhân dân cũ (9 số). Bổ sung số định danh khi có."
    )
