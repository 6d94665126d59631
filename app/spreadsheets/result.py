"""What would be imported, as JSON: the RESULT format of the scoring tool and of scripts."""

from app.dates import PartialDate
from app.errors import FileError
from app.spreadsheets.rows import Roster, RosterProblem, RosterRow
from app.spreadsheets.sheets import UnreadableFile

JsonValue = str | int | list[str] | None
JsonRow = dict[str, JsonValue]

_WORDS = {
    "ho_ten": "full_name",
    "dan_toc": "ethnicity",
    "ton_giao": "religion",
    "cccd": "identity_number",
    "dien_thoai": "phone",
    "email": "email",
    "ma": "code",
    "chuc_vu": "position",
    "don_vi": "unit",
    "chuc_vu_don_vi": "position_and_unit",
    "lop": "class_name",
    "que_quan": "home",
    "trinh_do_vh": "general_education",
    "trinh_do_cm": "education",
    "trinh_do_ll": "political_education",
    "ghi_chu": "note",
}


def result_json(roster: Roster) -> dict[str, object]:
    """A roster in the RESULT format: accepted rows, rejected rows, warnings of the file."""
    return {
        "file_error": None,
        "sheet": roster.sheet,
        "header_rows": list(roster.header_rows),
        "columns": roster.columns,
        "accepted": [_accepted(row) for row in roster.rows],
        "rejected": [_rejected(problem) for problem in _first_errors(roster)],
        "file_warnings": [problem.code for problem in roster.problems if not problem.row],
        "problems": [_problem(problem) for problem in roster.problems],
    }


def error_json(error: FileError) -> dict[str, object]:
    """A file that could not be read, in the RESULT format."""
    code = error.code if isinstance(error, UnreadableFile) else "file_error"
    return {
        "file_error": code,
        "message": str(error),
        "accepted": [],
        "rejected": [],
        "file_warnings": [],
        "problems": [],
    }


def _accepted(row: RosterRow) -> JsonRow:
    """A person under the Vietnamese field names; what is not known is null."""
    said: JsonRow = {"row": row.row}
    said |= {name: getattr(row, field) or None for name, field in _WORDS.items()}
    said["ngay_sinh"] = _exact(row.born)
    said["nam_sinh"] = row.born.year if row.born else None
    said["gioi_tinh"] = row.sex.label if row.sex else None
    said["ngay_vao_dang"] = _exact(row.party_joined)
    said["thang_nam_vao_dang"] = row.party_joined.iso[:7] if row.party_joined else None
    said["ngay_chinh_thuc"] = _exact(row.party_confirmed)
    said["warnings"] = list(row.warnings)
    return said


def _exact(day: PartialDate | None) -> str | None:
    """A date of which day and month are known."""
    return day.iso if day and day.is_exact else None


def _first_errors(roster: Roster) -> list[RosterProblem]:
    """The first reason why each rejected row is rejected."""
    first: dict[int, RosterProblem] = {}
    for problem in roster.errors:
        first.setdefault(problem.row, problem)
    return list(first.values())


def _rejected(problem: RosterProblem) -> JsonRow:
    return {
        "row": problem.row,
        "reason": problem.code,
        "field": problem.field,
        "text": problem.text,
    }


def _problem(problem: RosterProblem) -> JsonRow:
    return {
        "row": problem.row,
        "field": problem.field,
        "code": problem.code,
        "text": problem.text,
        "severity": "error" if problem.is_error else "warning",
    }
