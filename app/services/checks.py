"""What is wrong in the stored data: one finding a line, nothing on a clean database."""

from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from app import journal
from app.journal import Disagreement, Image
from app.models import Certificate
from app.services import file_checks, guard
from app.services.findings import Finding, Row, listed, merged
from app.services.rule_checks import ACROSS_ROWS, CHECKS, number_taken
from app.terms import Permission


def findings(db: Session) -> list[str]:
    """Return every finding as a Vietnamese sentence, the same fault only once.

    What cannot be read at all is told alone. Rows are compared with the journal only where file
    and journal themselves are sound.
    """
    guard.read(db, Permission.READ, Permission.BACK_UP)
    torn = [*file_checks.structure(db), *file_checks.integrity(db)]
    if torn:
        return [finding.text for finding in torn]
    torn = list(file_checks.chain(db))
    spoilt = [*file_checks.values(db), *file_checks.orphans(db)]
    broken = list(_broken(db, _rows(spoilt), is_readable=not spoilt))
    behind = [] if torn else _behind_the_journal(db, _rows([*spoilt, *broken]))
    return [finding.text for finding in (*torn, *spoilt, *broken, *behind)]


def broken_rules(db: Session) -> list[str]:
    """Return only the findings that show across rows: what no constraint of the file refuses."""
    return [finding.text for check in ACROSS_ROWS for finding in check(db)]


def _rows(found: Iterable[Finding]) -> set[Row]:
    return {one for finding in found for one in finding.rows}


def _broken(db: Session, told: set[Row], *, is_readable: bool) -> Iterator[Finding]:
    """Ask every rule; where values are spoilt, a rule that cannot read them has nothing to add."""
    for check in CHECKS:
        try:
            found = [finding for finding in merged(check(db)) if not finding.rows & told]
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
            if is_readable:
                raise
            continue
        told |= _rows(found)
        yield from found


def _behind_the_journal(db: Session, told: set[Row]) -> Iterator[Finding]:
    """Tell in one line all rows that nothing else has told."""
    every = list(journal.disagreements(db))
    untold = [one for one in every if not _names(one) & told]
    known = [one for one in every if _names(one) & told]
    moved = Counter(_content(one.table, one.stored) for one in known if one.image is None)
    rows = [(one.table, one.key) for one in untold if not _is_one_of(moved, one)]
    if rows:
        yield Finding(
            f"{len(rows)} dòng không như nhật ký ghi ({listed(db, rows)}): dữ liệu bị sửa từ "
            "ngoài chương trình, hoặc nhật ký bị cắt."
        )


def _is_one_of(moved: Counter[str], one: Disagreement) -> bool:
    """Tell whether a row that is gone stands elsewhere, told already under another key."""
    content = _content(one.table, one.image)
    if one.stored is not None or not moved[content]:
        return False
    moved[content] -= 1
    return True


def _content(table: str, image: Image | None) -> str:
    """Return what a row holds beside its key."""
    key = journal.tables()[table].primary_key.columns.keys()
    values = [(name, value) for name, value in (image or {}).items() if name not in key]
    return f"{table} {sorted(values)}"


def _names(one: Disagreement) -> set[Row]:
    """Return what other findings call this row: by its key, its owner, a certificate's number."""
    names = {(one.table, one.key), (one.table, one.key.partition("/")[0])}
    if one.table == Certificate.__tablename__ and one.image:
        names.add(number_taken(one.image["register_year"], one.image["register_sequence"]))
    return names
