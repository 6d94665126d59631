"""Columns explained, corrected and remembered; rows corrected; rows sent back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.dates import PartialDate
from app.spreadsheets.fields import LABELS, Field
from app.spreadsheets.guesses import Certainty
from app.spreadsheets.recheck import EDITABLE, raw_texts, read_again, recheck
from app.spreadsheets.returned import PLACE, REASON, write_returned
from app.spreadsheets.roster import UndecidedColumns, read_roster
from app.spreadsheets.rows import Roster
from app.spreadsheets.sheets import column_of, letter
from app.terms import Sex

Build = Callable[..., Path]
Read = Callable[..., Roster]
ROSTERS = Path(__file__).parent.parent / "data" / "rosters"
HEAD = ("STT", "Họ và tên", "Ngày sinh", "Nữ", "Đơn vị", "Sở thích")
PEOPLE = (
    (1, "Nông Văn An", "31/02/1988", None, "Xã Tân Văn", "cờ"),
    (2, "Lý Thị Bình", 1991, "x", "nt", None),
    (3, "Vi Văn Cường", "30.11.1979", None, "Xã Bình La", "đọc"),
)


def test_every_column_is_explained(read: Read) -> None:
    guesses = {guess.letter: guess for guess in read([HEAD, *PEOPLE]).guesses}
    assert guesses["B"].certainty is Certainty.SURE
    assert guesses["B"].samples == ("Nông Văn An", "Lý Thị Bình", "Vi Văn Cường")
    assert "“Họ và tên”" in guesses["B"].reason
    assert guesses["D"].certainty.needs_look
    assert "để trống là Nam" in guesses["D"].reason
    assert (guesses["F"].field, guesses["F"].certainty) == (None, Certainty.UNUSED)
    assert all(guess.reason.endswith(".") for guess in guesses.values())


def test_a_column_that_does_not_hold_what_it_says_is_doubted(read: Read) -> None:
    rows = [("Họ tên", "Ngày sinh"), ("Vi An", "Tày"), ("Vi Bo", "Nùng"), ("Vi Ca", "Dao")]
    doubted = read(rows).guesses[1]
    assert doubted.certainty is Certainty.DOUBTFUL
    assert doubted.reason == "Chỉ 0/3 ô đọc được là ngày sinh."


def test_corrections_move_fields_and_leave_columns_out(build: Build) -> None:
    path = build([HEAD, *PEOPLE])
    roster = read_roster(path, columns={"F": Field.NOTE, "E": None, "C": Field.PARTY_JOINED})
    assert roster.columns["note"] == "F"
    assert "unit" not in roster.columns
    assert "born" not in roster.columns
    chosen = [guess.letter for guess in roster.guesses if guess.certainty is Certainty.CHOSEN]
    assert chosen == ["C", "E", "F"]


def test_the_signature_stays_with_the_heading(build: Build) -> None:
    first = read_roster(build([HEAD, *PEOPLE])).signature
    assert read_roster(build([("TIÊU ĐỀ",), HEAD, PEOPLE[2]])).signature == first
    assert read_roster(build([HEAD[:5], *PEOPLE])).signature != first


def test_two_columns_of_names_are_decided_by_the_user(build: Build) -> None:
    rows = [("STT", "Họ và tên", "Họ và tên"), (1, "Nông Văn An", "Lý Thị Bình")]
    path = build(rows)
    with pytest.raises(UndecidedColumns) as caught:
        read_roster(path)
    assert [guess.certainty.needs_look for guess in caught.value.draft.guesses] == [
        False,
        True,
        True,
    ]
    assert read_roster(path, columns={"B": None}).rows[0].full_name == "Lý Thị Bình"
    assert read_roster(path, columns={"B": Field.FULL_NAME}).rows[0].full_name == "Nông Văn An"


def test_a_sheet_without_a_name_column_can_still_be_mapped(build: Build) -> None:
    path = build([("STT", "Ai", "Sinh"), (1, "Xyz Abc", 1980)])
    with pytest.raises(UndecidedColumns) as caught:
        read_roster(path)
    draft = caught.value.draft
    assert [line.texts for line in draft.source.preview()] == [
        ("STT", "Ai", "Sinh"),
        ("1", "Xyz Abc", "1980"),
    ]
    roster = read_roster(path, columns={"B": Field.FULL_NAME})
    assert [row.full_name for row in roster.rows] == ["Xyz Abc"]


def test_a_name_column_with_an_unknown_heading_is_found_by_its_names(read: Read) -> None:
    rows = [("STT", "Thành phần tham gia", "Sinh ngày"), *(person[:3] for person in PEOPLE)]
    roster = read(rows)
    assert roster.columns["full_name"] == "B"
    assert roster.guesses[1].certainty is Certainty.GUESSED
    assert "columns_guessed" in {problem.code for problem in roster.problems}


def test_columns_without_a_heading_are_told_by_their_contents(read: Read) -> None:
    people = [
        (number, name, f"{number}/3/1980", "Nam", f"02009000000{number}", f"091234567{number}")
        for number, name in enumerate(("Nông An", "Vi Bo", "Lý Ca", "Hà Do"), start=1)
    ]
    roster = read([("STT", "Họ tên", None, "Ghi rõ"), *people])
    assert roster.columns["born"] == "C"
    assert roster.columns["sex"] == "D"
    assert (roster.columns["identity_number"], roster.columns["phone"]) == ("E", "F")
    told = [problem.field for problem in roster.problems if problem.code == "columns_guessed"]
    assert told == ["born", "sex", "identity_number", "phone"]


def test_the_heading_row_can_be_pointed_at(build: Build) -> None:
    path = build([("Họ và tên", "Ngày sinh"), ("Họ tên", "Sinh"), ("Vi An", 1980)])
    assert read_roster(path, header_row=2).header_rows == (2,)
    plain = build([("Vi Văn An", 1980), ("Lý Văn Bo", 1981), ("Hà Thị Ca", 1982)])
    assert read_roster(plain, header_row=0).header_rows == ()


def test_letters_and_numbers_of_columns_belong_together() -> None:
    assert [column_of(letter(column)) for column in (0, 25, 26, 701, 702)] == [0, 25, 26, 701, 702]
    assert set(LABELS) == set(Field)


@pytest.mark.parametrize("name", ["D01", "D02", "D03", "D04", "D05", "D06"])
def test_a_row_that_is_not_edited_reads_the_same_again(name: str) -> None:
    (path,) = ROSTERS.glob(f"{name}_*.xlsx")
    roster = read_roster(path)
    for row in roster.all_rows:
        checked = recheck(roster, row.row, {})
        told = {problem.code for problem in roster.problems if problem.row == row.row}
        across = {"duplicate_in_file", "possible_duplicate", "name_normalised"}
        assert {problem.code for problem in checked.problems} - across == told - across
        for field in EDITABLE:
            assert getattr(checked.row, field) == getattr(row, field), field


def test_an_edit_takes_a_row_in_and_looks_for_duplicates_anew(read: Read) -> None:
    roster = read([HEAD, *PEOPLE])
    assert raw_texts(roster, 2)[Field.BORN] == "31/02/1988"
    assert raw_texts(roster, 3)[Field.UNIT] == "Xã Tân Văn"
    assert raw_texts(roster, 3)[Field.SEX] == "Nữ"
    typed = {Field.BORN: "28/2/1988", Field.PHONE: "912345678"}
    edited = read_again(roster, roster, {2: typed}, {2})
    assert [row.row for row in edited.rejected] == []
    assert edited.rows[0].born == PartialDate(1988, 2, 28)
    assert (edited.rows[0].phone, edited.rows[0].sex) == ("0912345678", Sex.MALE)
    twin = {Field.FULL_NAME: "Vi Văn Cường", Field.BORN: "30/11/1979"}
    again = read_again(edited, roster, {2: twin}, {2})
    assert [problem.code for problem in again.errors] == ["duplicate_in_file"]
    assert [row.row for row in read_again(again, roster, {}, {2}).rejected] == [2]


def test_wrong_rows_go_back_as_they_were_sent(read: Read, tmp_path: Path) -> None:
    roster = read([("DANH SÁCH",), HEAD, *PEOPLE, (4, "=1+1", "32/13/1990", None, "Xã A")])
    path = tmp_path / "trả lại.xlsx"
    write_returned(path, roster)
    book = load_workbook(path)
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    red = book.worksheets[0]["C2"].fill.start_color.rgb
    book.close()
    assert rows[0] == [*HEAD, PLACE, REASON]
    assert [row[6] for row in rows[1:]] == [3, 6]
    assert rows[1][:6] == list(PEOPLE[0])
    assert "31/02" in str(rows[1][7])
    assert red == "FFF8D7DA"
    assert len(read_roster(path).rejected) == 2


def test_reasons_can_be_given_and_a_table_without_heading_gets_one(read: Read) -> None:
    roster = read([(1, "Nông Văn An", 1980), (2, "Lý Văn Bo", 1981), (3, "Hà Thị Ca", 1982)])
    data = write_returned(None, roster, {2: "Đã có trong lớp."})
    assert data.startswith(b"PK")
