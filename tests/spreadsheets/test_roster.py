"""Whole rosters against the truth beside them, and the RESULT format."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypedDict

from app.errors import FileError
from app.spreadsheets.result import error_json, result_json
from app.spreadsheets.roster import read_roster
from app.spreadsheets.rows import Roster
from app.spreadsheets.sheets import UnreadableFile

Read = Callable[..., Roster]
ROSTERS = Path(__file__).parent.parent / "data" / "rosters"


Rows = list[dict[str, object]]
Truth = TypedDict(
    "Truth",
    {
        "accept": Rows,
        "reject": Rows,
        "counts": dict[str, int],
        "sha256_of_name|iso_dob|cccd_lines_in_row_order": str,
    },
)


class Result(TypedDict):
    accepted: Rows
    rejected: Rows


def truth_of(name: str) -> Truth:
    (path,) = ROSTERS.glob(f"{name}_*.truth.json")
    truth: Truth = json.loads(path.read_text(encoding="utf-8"))
    return truth


def result_of(roster: Roster) -> Result:
    result: Result = json.loads(json.dumps(result_json(roster)))
    return result


def sample(name: str) -> Roster:
    (path,) = ROSTERS.glob(f"{name}_*.xlsx")
    return read_roster(path)


def test_five_thousand_rows_have_the_expected_checksum() -> None:
    lines = [
        f"{row.full_name}|{row.born.iso if row.born else ''}|{row.identity_number}\n"
        for row in sample("D09").rows
    ]
    expected = truth_of("D09")["sha256_of_name|iso_dob|cccd_lines_in_row_order"]
    assert sha256("".join(lines).encode()).hexdigest() == expected


def test_a_refused_row_is_kept_with_what_could_be_read(read: Read) -> None:
    head = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị")
    roster = read([head, (1, "Nông Văn An", "31/02/1997", "Xã A"), (2, "Vi Chi", 1990, "Xã A")])
    (refused,) = roster.rejected
    assert (refused.row, refused.full_name, refused.unit) == (2, "Nông Văn An", "Xã A")
    (error,) = roster.errors
    assert (error.row, error.field, error.code) == (2, "born", "invalid_birth_date")
    assert [problem.code for problem in roster.warnings] == ["birth_year_only"]
    assert result_of(roster)["rejected"] == [
        {"row": 2, "reason": "invalid_birth_date", "field": "born", "text": error.text}
    ]


def test_a_party_date_that_cannot_be_read_keeps_nobody_out(read: Read) -> None:
    head = ("STT", "Họ và tên", "Ngày vào Đảng")
    rows = [(1, "Nông Văn An", "31/02/2010"), (2, "Vi Chi", "3/2012"), (3, "Lý Bảo", "19/8/2010")]
    roster = read([head, *rows])
    result = result_of(roster)["accepted"]
    assert [row["ngay_vao_dang"] for row in result] == [None, None, "2010-08-19"]
    assert result[1]["thang_nam_vao_dang"] == "2012-03"
    assert roster.rows[0].warnings == ("invalid_party_date",)


def test_birth_dates_in_both_columns_are_refused(read: Read) -> None:
    rows = [("STT", "Họ và tên", "Năm sinh", None), (None, None, "Nam", "Nữ"), (1, "Vi An", 80, 81)]
    assert [problem.code for problem in read(rows).errors] == ["two_birth_dates"]


def test_an_unreadable_file_has_its_own_result() -> None:
    refused = error_json(UnreadableFile("Tệp hỏng.", "corrupt"))
    assert (refused["file_error"], refused["message"]) == ("corrupt", "Tệp hỏng.")
    assert refused["accepted"] == []
    assert error_json(FileError("Khác."))["file_error"] == "file_error"
