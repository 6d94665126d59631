"""What is wrong in the stored data: one finding a line, nothing on a clean database."""

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from app import journal
from app.journal import Disagreement
from app.services import file_checks, guard
from app.services.findings import Finding, Row, listed, merged
from app.services.rule_checks import ACROSS_ROWS, CHECKS
from app.services.told import Told, links
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
    behind = [] if torn else list(journal.disagreements(db))
    told = Told(links(behind))
    spoilt = [*file_checks.values(db), *file_checks.orphans(db)]
    for finding in spoilt:
        told.add(finding)
    broken = list(_broken(db, told, is_readable=not spoilt))
    rest = _behind_the_journal(db, behind, told)
    return [finding.text for finding in (*torn, *spoilt, *broken, *rest)]


def broken_rules(db: Session) -> list[str]:
    """Return only the findings that show across rows: what no constraint of the file refuses."""
    return [finding.text for check in ACROSS_ROWS for finding in check(db)]


def _broken(db: Session, told: Told, *, is_readable: bool) -> Iterator[Finding]:
    """Ask every rule; where values are spoilt, a rule that cannot read them has nothing to add."""
    for check in CHECKS:
        try:
            found = list(merged(check(db)))
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
            if is_readable:
                raise
            continue
        for finding in found:
            if not told.knows(finding.rows):
                told.add(finding)
                yield finding


def _behind_the_journal(
    db: Session, behind: Iterable[Disagreement], told: Told
) -> Iterator[Finding]:
    """Tell in one line all rows that nothing else has told."""
    rows = [(one.table, one.key) for one in behind if not told.knows(_names(one))]
    if rows:
        yield Finding(
            f"{len(rows)} dòng không như nhật ký ghi ({listed(db, rows)}): dữ liệu bị sửa từ "
            "ngoài chương trình, hoặc nhật ký bị cắt."
        )


def _names(one: Disagreement) -> set[Row]:
    """Return what findings call this row: by its key, or by its owner."""
    return {(one.table, one.key), (one.table, one.key.partition("/")[0])}
