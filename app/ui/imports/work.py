"""A roster under correction: what was read, what was typed, who everybody is; no window."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.spreadsheets.fields import Field
from app.text import proper_case
from app.ui.imports.lines import ImportLine, Standing

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.drafts import KeptRow
    from app.services.from_roster import FieldChange
    from app.services.matching import RosterMatch
    from app.spreadsheets.rows import Roster, RosterProblem, RosterRow

    Texts = dict[Field, str]

_AS_READ = (Field.IDENTITY_NUMBER, Field.PHONE)
TAKEN = "Dòng {} trong tệp cũng là người này."


class ImportWork:
    """Every line of one file; a change reads its row again and nothing else."""

    def __init__(self, name: str, roster: "Roster") -> None:
        self.name = name
        self.original = roster
        self.roster = roster
        self.edits: dict[int, Texts] = {}
        self.left_out: set[int] = set()
        self.draft_id: int | None = None
        self.chosen: dict[tuple[int, str], bool] = {}  # by row and field: take it over or not
        self.lines: list[ImportLine] = []
        self._answers: dict[int, str] = {}  # of a draft, until its rows are matched
        self._matches: dict[int, RosterMatch] = {}
        self._matched: dict[int, RosterRow] = {}  # as it was when it was matched
        self._changes: dict[int, tuple[RosterMatch, list[FieldChange]]] = {}
        self._before: list[dict[int, Texts]] = []
        self._renew()

    # lines ---------------------------------------------------------------------
    def counts(self) -> Counter[Standing]:
        """Lines of each standing."""
        return Counter(line.standing for line in self.lines)

    def of(self, standing: Standing) -> list[ImportLine]:
        """Lines of one standing."""
        return [line for line in self.lines if line.standing is standing]

    def valid(self) -> "list[RosterMatch]":
        """What would be written."""
        return [line.match for line in self.lines if line.is_valid and line.match]

    @property
    def is_touched(self) -> bool:
        """Whether anything was done that would be lost."""
        answered = any(match.is_answered for match in self._matches.values())
        return bool(self.edits or self.left_out or answered)

    def _renew(self) -> None:
        """Make the lines anew; a line nothing happened to stays the same object."""
        problems: dict[int, list[RosterProblem]] = {}
        for problem in self.roster.problems:
            problems.setdefault(problem.row, []).append(problem)
        refused = {row.row for row in self.roster.rejected}
        known = {line.row.row: line for line in self.lines}
        self.lines = [
            self._line(row, tuple(problems.get(row.row, ())), known.get(row.row), refused)
            for row in self.roster.all_rows
        ]

    def _line(
        self,
        row: "RosterRow",
        problems: "tuple[RosterProblem, ...]",
        old: ImportLine | None,
        refused: set[int],
    ) -> ImportLine:
        number, is_refused = row.row, row.row in refused
        match = None if is_refused else self._matches.get(number)
        wrong = {one.field: self._raw(number, one.field) for one in problems if one.is_error}
        left_out = number in self.left_out
        made = ImportLine(row, match, problems, left_out, wrong, is_refused)
        if old is None or old.row is not row or old.match is not match:
            return made
        same = (old.problems, old.left_out, old.wrong, old.is_refused)
        return old if same == (problems, left_out, wrong, is_refused) else made

    # texts ---------------------------------------------------------------------
    def field_of(self, column: str) -> "Field | None":
        """The field a column of the grid edits."""
        from app.spreadsheets.recheck import EDITABLE

        field = Field(column) if column in {one.value for one in EDITABLE} else None
        has = self.original.source.columns
        if field is Field.UNIT and field not in has and Field.POSITION_AND_UNIT in has:
            return Field.POSITION_AND_UNIT
        return field

    def raw(self, number: int, field: "Field") -> str:
        """The text of a cell as it stands in the file, or as it was typed."""
        from app.spreadsheets.recheck import raw_texts

        edited = self.edits.get(number, {}).get(field)
        return raw_texts(self.original, number)[field] if edited is None else edited

    def _raw(self, number: int, name: str) -> str:
        """The text nobody could read, in a field by name."""
        field = self.field_of(name)
        if field is None:
            return ""
        edited = self.edits.get(number, {}).get(field)
        return self.original.source.text(number, field) if edited is None else edited

    def edit(self, changes: "Mapping[int, Mapping[Field, str]]") -> bool:
        """Take typed texts, one step of undo; False when nothing differs."""
        real = {
            number: {
                field: text for field, text in texts.items() if text != self.raw(number, field)
            }
            for number, texts in changes.items()
        }
        rows = [number for number, texts in real.items() if texts]
        if not rows:
            return False
        self._before.append({number: dict(self.edits.get(number, {})) for number in rows})
        for number in rows:
            self.edits[number] = {**self.edits.get(number, {}), **real[number]}
        self._read_again(rows)
        return True

    def proposed_names(self) -> "dict[int, Texts]":
        """Names in capitals or small letters, as they would be written."""
        return {
            line.row.row: {Field.FULL_NAME: proper_case(line.row.full_name)}
            for line in self.lines
            if line.is_name_cased_oddly
        }

    def undo(self) -> bool:
        """Take the last typing back; False when there is none."""
        if not self._before:
            return False
        step = self._before.pop()
        self.edits = {row: texts for row, texts in {**self.edits, **step}.items() if texts}
        self._read_again(step)
        return True

    def _read_again(self, numbers: Iterable[int]) -> None:
        """Read some rows again from their texts; duplicates are looked for in all of them."""
        from app.spreadsheets.recheck import read_again

        wanted = set(numbers)
        self.roster = read_again(self.roster, self.original, self.edits, wanted)
        for row in self.roster.all_rows:
            if row.row in wanted:
                self._forget_match(row.row, row)
        self._renew()

    def _forget_match(self, number: int, row: "RosterRow") -> None:
        """Who somebody is has to be found out again when name, birth, number or unit changed."""
        before = self._matched.get(number)
        match = self._matches.get(number)
        if before is None or match is None:
            return
        if _who(before) == _who(row):
            number_kept = match.row.identity_number
            self._matches[number] = replace(
                match, row=replace(row, identity_number=number_kept or "")
            )
        else:
            del self._matches[number], self._matched[number]

    # who is who ------------------------------------------------------------------
    def unmatched(self) -> "list[RosterRow]":
        """Rows of which nobody knows yet whether they are known."""
        return [line.row for line in self.lines if line.is_pending]

    def take(self, matches: "Sequence[RosterMatch]") -> None:
        """Take what was found out; a row that changed meanwhile waits for the next answer."""
        from app.services.matching import Match

        now = {row.row: row for row in self.roster.rows}
        taken = {
            match.student_id: number
            for number, match in self._matches.items()
            if match.match is Match.KNOWN
        }
        for match in matches:
            number = match.row.row
            if number not in now or _who(now[number]) != _who(match.row):
                continue
            earlier = taken.get(match.student_id) if match.match is Match.KNOWN else None
            if earlier not in (None, number):
                said = TAKEN.format(earlier)
                match = replace(match, match=Match.CONFLICT, explanation=said)
            self._matched[number], self._matches[number] = match.row, self._answered(match)
            if match.match is Match.KNOWN:
                taken[match.student_id] = number
        self._renew()

    def decide(self, match: "RosterMatch") -> None:
        """Take the clerk's answer for one row."""
        self._matches[match.row.row] = match
        self._renew()

    def leave_out(self, numbers: Iterable[int]) -> None:
        """Leave these lines out, and no others."""
        self.left_out = set(numbers)
        self._renew()

    # what is taken over ------------------------------------------------------------
    def changes(self) -> "list[FieldChange]":
        """What the file says otherwise than the register about people who are known."""
        from app.services import from_roster

        found: list[FieldChange] = []
        for match in self.valid():
            if match.match.name == "KNOWN" and match.known:
                number = match.row.row
                if number not in self._changes or self._changes[number][0] is not match:
                    told = from_roster.changes(match.row, match.known)
                    self._changes[number] = match, told
                found += self._changes[number][1]
        return found

    def is_taken(self, change: "FieldChange") -> bool:
        """Whether a change is chosen: gaps are filled unless said otherwise, the rest is not."""
        return self.chosen.get((change.row, change.field), change.fills_gap)

    def updates(self) -> dict[int, set[str]]:
        """The chosen fields of every row that is a known person."""
        taken: dict[int, set[str]] = {
            match.row.row: set() for match in self.valid() if match.match.name == "KNOWN"
        }
        for change in self.changes():
            if self.is_taken(change):
                taken[change.row].add(change.field)
        return taken

    # drafts --------------------------------------------------------------------------
    def kept(self, lines: Iterable[ImportLine]) -> "list[KeptRow]":
        """Lines as a draft keeps them."""
        from app.services.drafts import KeptRow
        from app.spreadsheets.recheck import raw_texts

        rows = []
        for line in lines:
            number = line.row.row
            texts = {**raw_texts(self.original, number), **self.edits.get(number, {})}
            for one in _AS_READ:  # a zero was put back that the cell had lost
                texts[one] = getattr(line.row, one.value) or texts[one]
            filled = {field.value: text for field, text in texts.items() if text}
            rows.append(KeptRow(number, filled, line.left_out, _answer(line)))
        return rows

    def take_draft(self, draft_id: int, rows: "Sequence[KeptRow]") -> None:
        """Go on where a draft was left."""
        self.draft_id = draft_id
        self._answers = {row.row: row.answer for row in rows if row.answer}
        self.leave_out(row.row for row in rows if row.left_out)

    def _answered(self, match: "RosterMatch") -> "RosterMatch":
        """The match with the answer a draft has kept, if it still concerns the same person."""
        from app.services import matching

        answer, _, person = self._answers.pop(match.row.row, "").partition(":")
        if match.known is None or person != str(match.student_id):
            return match
        return matching.as_new(match) if answer == "new" else matching.as_known(match)


def _who(row: "RosterRow") -> tuple[object, ...]:
    """What tells people apart."""
    return row.full_name, row.born, row.sex, row.identity_number, row.unit, row.position_and_unit


def _answer(line: ImportLine) -> str:
    """What the clerk decided about a line, as a draft keeps it."""
    if not line.match or not line.match.is_answered:
        return ""
    if line.match.match.name == "NEW":
        return f"new:{line.match.asked_id}"
    return f"known:{line.match.student_id}"
