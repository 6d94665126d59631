"""The headless command that reads a roster and says what would be imported."""

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import paths
from app.errors import FileError

if TYPE_CHECKING:
    # The window reads this module too, and is painted before workbook libraries are imported.
    from app.spreadsheets.rows import Roster

DONE, REFUSED = 0, 1


def add_command(commands: Any) -> None:
    """Add `roster` to the sub-commands."""
    roster = commands.add_parser("roster", help="đọc một danh sách, ghi ra những gì sẽ nhập")
    roster.add_argument("file", type=Path)
    roster.add_argument("--sheet", metavar="TÊN|SỐ", help="trang tính, theo tên hoặc số thứ tự")
    roster.add_argument("--people", type=Path, metavar="JSON", help="những người đã có hồ sơ")
    roster.add_argument("--json", type=Path, metavar="OUT")
    roster.set_defaults(command=read)


def read(options: argparse.Namespace) -> int:
    """Read a roster, write the result, tell the problems."""
    from app.spreadsheets.result import error_json, result_json
    from app.spreadsheets.roster import read_roster

    try:
        roster = read_roster(options.file, options.sheet)
        if options.people:
            roster = _with_known(roster, options.people)
    except FileError as error:
        if options.json:
            paths.write_json(options.json, error_json(error))
        raise
    if options.json:
        paths.write_json(options.json, result_json(roster))
    for problem in roster.problems:
        print(f"Dòng {problem.row}: {problem.text}" if problem.row else problem.text)
    print(f"{len(roster.rows)} dòng nhập được, {len(roster.rejected)} dòng bị loại.")
    return REFUSED if roster.rejected else DONE


def _with_known(roster: "Roster", people: Path) -> "Roster":
    """The roster with what the people of a JSON file say about its rows."""
    from app.services import roster_people

    try:
        data = json.loads(people.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FileError(f"Không đọc được {people}. Cần tệp JSON những người đã có.") from error
    known = roster_people.people_of(data)
    return replace(roster, rows=tuple(roster_people.with_known(roster.rows, known)))
