"""Every roster with a truth file beside it, by the rules of the scoring tool, and hostile files."""

import json
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from app.services import roster_people
from app.spreadsheets.result import result_json
from app.spreadsheets.roster import read_roster
from app.spreadsheets.rows import Roster
from app.spreadsheets.sheets import UnreadableFile

DATA = Path(__file__).parent.parent / "data"
TRUTHS = sorted([*DATA.glob("rosters/*.truth.json"), *DATA.glob("legacy/*.truth.json")])
HOSTILE = json.loads((DATA / "hostile" / "hostile.truth.json").read_text("utf-8"))
NOT_COMPARED = {
    *("row", "warnings", "alt", "form", "note", "name_compare", "match_existing_id"),
    *("file_name", "file_ngay_sinh"),
}
REFUSALS = {
    "X01": "password_protected",
    "X02": "corrupt",
    "X03": "empty_file",
    "X09": "wrong_type",
    "X10": "wrong_type",
    "X13": "no_name_column",
    "X14": "too_large",
    "X17": "corrupt",
    "X18": "corrupt",
    "X22": "no_rows",
    "X23": "no_name_column",
    "X24": "no_rows",
    "X25": "needs_mapping",
    "~$X": "wrong_type",
}
READ = {"X04": 1, "X05": 8, "X06": 1, "X07": 2, "X08": 1, "X12": 1, "X19": 11, "X20": 2}
READ |= {"X21": 1, "X31": 1}

Row = dict[str, object]


@cache
def known() -> object:
    return json.loads((DATA / "rosters" / "existing_db.json").read_text("utf-8"))


def result_of(path: Path) -> dict[str, object]:
    roster: Roster = read_roster(path)
    people = roster_people.people_of(known())
    result = result_json(roster)
    result["accepted"] = [
        {**one, "cccd": row.identity_number or None, "warnings": list(row.warnings)}
        for one, row in zip(
            list_of(result, "accepted"), roster_people.with_known(roster.rows, people), strict=True
        )
    ]
    return result


def list_of(result: dict[str, object], name: str) -> list[Row]:
    rows = result.get(name, [])
    assert isinstance(rows, list)
    return rows


def plain(value: object) -> str | None:
    if value is None:
        return None
    return " ".join(unicodedata.normalize("NFC", str(value)).replace("’", "'").split())


def same(expected: Row, got: Row, field: str) -> bool:
    wanted, found = plain(expected[field]), plain(got.get(field))
    if field == "ho_ten" and expected.get("name_compare") == "casefold":
        return (wanted or "").casefold() == (found or "").casefold()
    given = {"ho_ten": "file_name", "ngay_sinh": "file_ngay_sinh"}.get(field, "")
    others = expected.get("alt", [])
    assert isinstance(others, list)
    also = [plain(other[field]) for other in others if field in other]
    return found in (wanted, *also, *([plain(expected[given])] if given in expected else []))


@pytest.mark.parametrize("truth_path", TRUTHS, ids=lambda path: path.name.partition("_")[0])
def test_a_roster_is_read_as_its_truth_says(truth_path: Path) -> None:
    truth = json.loads(truth_path.read_text("utf-8"))
    result = result_of(truth_path.with_name(truth_path.name.removesuffix(".truth.json")))
    accepted = {row["row"]: row for row in list_of(result, "accepted")}
    rejected = {row["row"] for row in list_of(result, "rejected")}
    for expected in truth["accept"]:
        got = accepted[expected["row"]]
        wrong = [
            field for field in expected.keys() - NOT_COMPARED if not same(expected, got, field)
        ]
        assert wrong == [], (expected, got)
        assert bool(expected["warnings"]) <= bool(got["warnings"]), expected
    assert {row["row"] for row in truth["reject"]} <= rejected
    if not truth.get("accept_is_sample"):
        assert len(accepted) == truth["counts"]["accept"]


@pytest.mark.parametrize("name", sorted(HOSTILE), ids=lambda name: name[:3])
def test_a_hostile_file_gives_what_is_expected(name: str) -> None:
    path = DATA / "hostile" / name
    if name[:3] in REFUSALS:
        with pytest.raises(UnreadableFile) as caught:
            read_roster(path)
        assert caught.value.code == REFUSALS[name[:3]]
        assert str(caught.value).endswith(".")
    else:
        assert len(read_roster(path).rows) == READ[name[:3]]


def test_what_is_not_what_its_name_says_is_told() -> None:
    told = {
        name[:3]: read_roster(DATA / "hostile" / name).problems[0].code
        for name in ("X04_text_renamed.xlsx", "X07_html_table_saved_as.xls")
    }
    assert told == {"X04": "text_as_workbook", "X07": "markup_as_workbook"}
