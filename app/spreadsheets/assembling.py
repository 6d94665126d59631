"""From people read one by one to a roster: duplicates found, the refused set apart."""

from collections.abc import Sequence
from dataclasses import replace

from app.spreadsheets.duplicates import DUPLICATE, POSSIBLE, find_duplicates
from app.spreadsheets.rows import Roster, RosterProblem, RosterRow

_ACROSS_ROWS = frozenset({DUPLICATE, POSSIBLE})


def assembled(
    blank: Roster, people: Sequence[RosterRow], problems: Sequence[RosterProblem]
) -> Roster:
    """A roster with these people; `blank` says everything about the file.

    What only the whole roster shows is found anew: a row may be refused for another row's sake.
    """
    own = [problem for problem in problems if problem.code not in _ACROSS_ROWS]
    refused = {problem.row for problem in own if problem.is_error}
    repeated = list(find_duplicates(row for row in people if row.row not in refused))
    refused |= {problem.row for problem in repeated if problem.is_error}
    told = sorted([*own, *repeated], key=lambda problem: problem.row)
    rows = _warned(people, told)
    return replace(
        blank,
        rows=tuple(row for row in rows if row.row not in refused),
        rejected=tuple(row for row in rows if row.row in refused),
        problems=(*(one for one in blank.problems if not one.row), *told),
    )


def _warned(people: Sequence[RosterRow], problems: Sequence[RosterProblem]) -> list[RosterRow]:
    """The rows, each with the codes of its problems."""
    codes: dict[int, list[str]] = {}
    for problem in problems:
        codes.setdefault(problem.row, []).append(problem.code)
    found = []
    for row in people:
        warnings = tuple(dict.fromkeys(codes.get(row.row, ())))
        found.append(row if warnings == row.warnings else replace(row, warnings=warnings))
    return found
