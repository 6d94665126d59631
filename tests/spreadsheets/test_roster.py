"""Whole rosters against the truth beside them, and the RESULT format."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypedDict

import pytest

from app.errors import FileError
from app.spreadsheets.result import error_json, result_json
from app.spreadsheets.roster import read_roster
from app.spreadsheets.rows import Roster
from app.spreadsheets.sheets import UnreadableFile

Read = Callable[..., Roster]
ROSTERS = Path(__file__).parent.parent / "data" / "rosters"
NOT_COMPARED = {"warnings", "form", "note", "name_compare", "alt"}


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


def same(expected: dict[str, object], field: str, got: object) -> bool:
    wanted = expected[field]
    if field == "ho_ten" and "name_compare" in expected:
        return str(wanted).casefold() == str(got).casefold()
    return wanted == got


@pytest.mark.parametrize("name", ["D01", "D02", "D03", "D09"])
def test_every_field_of_a_sample_is_as_expected(name: str) -> None:
    truth, result = truth_of(name), result_of(sample(name))
    accepted = {row["row"]: row for row in result["accepted"]}
    for expected in truth["accept"]:
        got = accepted[expected["row"]]
        wrong = [
            field
            for field in expected.keys() - NOT_COMPARED
            if not same(expected, field, got[field])
        ]
        assert wrong == [], expected["row"]
        assert bool(expected["warnings"]) <= bool(got["warnings"])


@pytest.mark.parametrize("name", ["D01", "D02", "D03", "D09"])
def test_rejections_and_counts_are_as_expected(name: str) -> None:
    truth, result = truth_of(name), result_of(sample(name))
    expected = {row["row"]: row["reason"] for row in truth["reject"]}
    assert {row["row"]: row["reason"] for row in result["rejected"]} == expected
    assert truth["counts"] == {
        "accept": len(result["accepted"]),
        "reject": len(result["rejected"]),
    }


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
