"""The same person twice in one roster (data rule 4): by id, else by name and birth date."""

from collections.abc import Iterable, Iterator

from app.spreadsheets.rows import RosterProblem, RosterRow

Namesakes = dict[tuple[str, str], RosterRow]  # the first row of each id and code
DUPLICATE, POSSIBLE = "duplicate_in_file", "possible_duplicate"


def find_duplicates(rows: Iterable[RosterRow]) -> Iterator[RosterProblem]:
    """A problem for every row that repeats, or may repeat, an earlier one."""
    by_id: dict[str, RosterRow] = {}
    by_name: dict[tuple[str, str], Namesakes] = {}
    for row in rows:
        born = row.born.iso if row.born else ""
        namesakes = by_name.setdefault((row.full_name.casefold(), born), {})
        earlier = by_id.get(row.identity_number) if row.identity_number else None
        problem = _same_id(row, earlier) if earlier else _same_name(row, namesakes)
        if problem:
            yield problem
        if problem is None or not problem.is_error:
            namesakes.setdefault((row.identity_number, row.code), row)
            if row.identity_number:
                by_id.setdefault(row.identity_number, row)


def _same_id(row: RosterRow, earlier: RosterRow) -> RosterProblem:
    """One id belongs to one person, whatever the names say."""
    text = f"Trùng số định danh với dòng {earlier.row} ({earlier.full_name})."
    if row.full_name.casefold() == earlier.full_name.casefold():
        text += " Bỏ dòng này."
    else:
        text += " Hai họ tên khác nhau: hỏi lại đơn vị rồi sửa số."
    return RosterProblem(row.row, "identity_number", text, DUPLICATE, is_error=True)


def _same_name(row: RosterRow, namesakes: Namesakes) -> RosterProblem | None:
    """Name and exact birth date alike, with nothing that tells them apart: one person."""
    for other in namesakes.values():
        if row.born and row.born.is_exact and not _told_apart(row, other):
            text = f"Trùng họ tên và ngày sinh với dòng {other.row}. Bỏ dòng này, hoặc ghi"
            text += " số định danh nếu là hai người."
            return RosterProblem(row.row, "full_name", text, DUPLICATE, is_error=True)
    if not namesakes or all(_differ(row.code, other.code) for other in namesakes.values()):
        return None
    first = next(iter(namesakes.values()))
    text = f"Có thể trùng với dòng {first.row} (cùng họ tên và ngày sinh). Kiểm tra lại."
    return RosterProblem(row.row, "full_name", text, POSSIBLE)


def _told_apart(row: RosterRow, other: RosterRow) -> bool:
    """Whether their ids or their codes differ."""
    return _differ(row.identity_number, other.identity_number) or _differ(row.code, other.code)


def _differ(one: str, other: str) -> bool:
    """Whether both are given and not the same."""
    return bool(one and other and one != other)
