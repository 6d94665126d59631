"""What is wrong in the stored data: one finding a line, nothing on a clean database."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app import dates, journal
from app.models import (
    AssessmentResult,
    AttendanceRecord,
    Base,
    Certificate,
    ClassSession,
    ClosingReport,
    Decision,
    Enrolment,
    Student,
    TrainingClass,
)
from app.services import centre, certificates, frozen, guard
from app.terms import CertificateStatus, ClassStatus, DecisionKind, Permission, Verdict

TOLD_AT_ONCE = 5
Row = tuple[str, str]  # table and key


@dataclass(frozen=True)
class Finding:
    """One fault, and the rows it speaks of: these are not told a second time."""

    text: str
    rows: frozenset[Row] = frozenset()


def findings(db: Session) -> list[str]:
    """Return every finding as a Vietnamese sentence.

    Rows are compared with the journal only where file and journal themselves are sound.
    """
    guard.read(db, Permission.READ, Permission.BACK_UP)
    torn = [finding for check in FOUNDATIONS for finding in check(db)]
    found = [*torn, *(finding for check in CHECKS for finding in check(db))]
    told = {row for finding in found for row in finding.rows}
    behind = [] if torn else [row for row in journal.disagreements(db) if not _names(row) & told]
    return [*(finding.text for finding in found), *_behind_the_journal(behind)]


def broken_rules(db: Session) -> list[str]:
    """Return only the findings that show across rows: what no constraint of the file refuses."""
    return [finding.text for check in ACROSS_ROWS for finding in check(db)]


def _names(row: journal.Disagreement) -> set[Row]:
    """Return what other findings call this row: by its key, its owner, a certificate's number."""
    names = {(row.table, row.key), (row.table, row.key.partition("/")[0])}
    if row.table == Certificate.__tablename__ and row.image:
        names.add(_number(row.image["register_year"], row.image["register_sequence"]))
    return names


def _behind_the_journal(rows: Sequence[journal.Disagreement]) -> Iterator[str]:
    if rows:
        some = ", ".join(f"{row.table} {row.key}" for row in rows[:TOLD_AT_ONCE])
        rest = "…" if len(rows) > TOLD_AT_ONCE else ""
        yield (
            f"{len(rows)} dòng không như nhật ký ghi ({some}{rest}): dữ liệu bị sửa từ ngoài "
            "chương trình, hoặc nhật ký bị cắt."
        )


def _integrity(db: Session) -> Iterator[Finding]:
    for (answer,) in db.execute(text("PRAGMA integrity_check")):
        if answer != "ok":
            yield Finding(f"Tệp dữ liệu: {answer}.")


def _chain(db: Session) -> Iterator[Finding]:
    yield from map(Finding, journal.findings(db))


def _orphans(db: Session) -> Iterator[Finding]:
    """Name each lost row once, with the tables that refer to it; the chain tells its own."""
    connection = db.connection()
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    lost: dict[Row, set[str]] = defaultdict(set)
    for child, parent, link in {(row[0], row[2], row[3]) for row in broken}:
        for key in _lost_keys(db, child, parent, link) if child in journal.tables() else ():
            lost[parent, key].add(child)
    for (parent, key), children in sorted(lost.items()):
        names = ", ".join(sorted(children))
        yield Finding(
            f"Bảng {names}: không còn dòng tương ứng ở bảng {parent} ({key}).",
            frozenset({(parent, key)}),
        )


def _lost_keys(db: Session, child: str, parent: str, link: int) -> list[str]:
    connection = db.connection()
    links = connection.exec_driver_sql(f"PRAGMA foreign_key_list({child})").mappings()
    column, target = next((one["from"], one["to"]) for one in links if one["id"] == link)
    query = (
        f"SELECT DISTINCT {column} FROM {child} WHERE {column} IS NOT NULL "
        f"AND {column} NOT IN (SELECT {target} FROM {parent})"
    )
    return [str(key) for key in connection.exec_driver_sql(query).scalars()]


def _register_gaps(db: Session) -> Iterator[Finding]:
    """Numbers run without a gap from the first one taken by the program (RULES R16)."""
    query = select(Certificate.register_year, Certificate.register_sequence)
    by_year: dict[int, list[int]] = {}
    for year, sequence in db.execute(query.order_by(*query.selected_columns)):
        by_year.setdefault(year, []).append(sequence)
    stated: dict[int, int] = {}
    for form in centre.identities(db):
        used = stated.get(form.numbers_used_year, 0)
        stated[form.numbers_used_year] = max(used, form.numbers_used)
    old = select(Certificate.register_year, func.max(Certificate.register_sequence))
    for year, used in db.execute(
        old.where(Certificate.layout == certificates.NOT_OURS).group_by(Certificate.register_year)
    ):
        stated[year] = max(stated.get(year, 0), used)
    for year, sequences in by_year.items():
        yield from _gaps(year, sequences, stated.get(year, sequences[0] - 1))


def _gaps(year: int, sequences: list[int], on_paper: int) -> Iterator[Finding]:
    """Numbers up to `on_paper` were taken in the paper register, before or beside the program."""
    for before, after in pairwise([on_paper, *sequences]):
        last = max(before, on_paper)
        if after > last + 1:
            yield Finding(
                f"Sổ chứng nhận {year}: sau số {last} là số {after}, thiếu ở giữa.",
                frozenset(_number(year, missing) for missing in range(last + 1, after)),
            )


def _number(year: int, sequence: int) -> Row:
    return ("register_number", f"{year}/{sequence}")


def _frozen_sheets(db: Session) -> Iterator[Finding]:
    for row in db.scalars(select(Certificate)):
        if certificates.hash_of(row.sheet) != row.sheet_hash:
            yield Finding(
                f"Giấy chứng nhận {row.register_number}: nội dung lưu đã bị sửa.",
                _row(Certificate, row.id),
            )


def _certificate_days(db: Session) -> Iterator[Finding]:
    query = (
        select(
            Certificate.id, Certificate.register_number, Certificate.issued_on, Decision.signed_on
        )
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .join(Decision, Decision.training_class_id == Enrolment.training_class_id)
        .where(
            Decision.kind == DecisionKind.RECOGNITION,
            Certificate.issued_on < Decision.signed_on,
        )
    )
    for key, number, issued_on, signed_on in db.execute(query):
        yield Finding(
            f"Giấy chứng nhận {number}: ngày cấp {dates.grid(issued_on)} trước ngày quyết định "
            f"{dates.grid(signed_on)}.",
            _row(Certificate, key),
        )


def _certificates_without_right(db: Session) -> Iterator[Finding]:
    query = (
        select(Enrolment.id, Certificate.register_number, Student.full_name)
        .select_from(Certificate)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .join(Student, Student.id == Enrolment.student_id)
        .outerjoin(AssessmentResult, AssessmentResult.enrolment_id == Enrolment.id)
        .where(
            Certificate.status == CertificateStatus.ISSUED,
            func.coalesce(AssessmentResult.verdict, Verdict.FAILED) != Verdict.QUALIFIED,
        )
    )
    for key, number, name in db.execute(query):
        yield Finding(
            f"Giấy chứng nhận {number} của {name}: kết quả không đủ điều kiện cấp.",
            _row(AssessmentResult, key),
        )


def _revocations(db: Session) -> Iterator[Finding]:
    """A revoked line says when and why; a valid one says nothing of the kind."""
    for row in db.scalars(select(Certificate)):
        is_revoked = row.status is CertificateStatus.REVOKED
        if is_revoked and not (row.revoked_on and row.revocation_reason):
            fault = "đã thu hồi mà không ghi ngày hoặc lý do"
        elif row.status.is_live and (row.revoked_on or row.revocation_reason):
            fault = "còn hiệu lực mà có ghi thu hồi"
        elif row.revoked_on and row.revoked_on < row.issued_on:
            fault = "ngày thu hồi trước ngày cấp"
        else:
            continue
        yield Finding(f"Giấy chứng nhận {row.register_number}: {fault}.", _row(Certificate, row.id))


def _marks_outside_class(db: Session) -> Iterator[Finding]:
    query = (
        select(Enrolment.id, Student.full_name, ClassSession.number)
        .select_from(AttendanceRecord)
        .join(Enrolment, Enrolment.id == AttendanceRecord.enrolment_id)
        .join(Student, Student.id == Enrolment.student_id)
        .join(ClassSession, ClassSession.id == AttendanceRecord.class_session_id)
        .where(ClassSession.training_class_id != Enrolment.training_class_id)
    )
    for key, name, number in db.execute(query):
        yield Finding(
            f"Điểm danh của {name} ở buổi {number} thuộc lớp khác.", _row(AttendanceRecord, key)
        )


def _closed_classes(db: Session) -> Iterator[Finding]:
    final = (ClassStatus.FINALISED, ClassStatus.CLOSED)
    query = select(TrainingClass).where(TrainingClass.status.in_(final))
    for row in db.scalars(query):
        if row.frozen_rules is None:
            yield Finding(
                f"Lớp {row.title}: đã chốt mà không lưu quy tắc xét.", _row(TrainingClass, row.id)
            )
        if row.status is ClassStatus.CLOSED and row.closed_on is None:
            yield Finding(
                f"Lớp {row.title}: đã bế giảng mà không có ngày bế giảng.",
                _row(TrainingClass, row.id),
            )


def _journal(db: Session) -> Iterable[Finding]:
    """A torn chain is told once: what papers say of it adds nothing then."""
    return list(_chain(db)) or _marks_on_papers(db)


def _marks_on_papers(db: Session) -> Iterator[Finding]:
    """A frozen report names the newest journal entry of its day: that entry must still be there."""
    query = select(ClosingReport).where(ClosingReport.frozen_sheet.is_not(None))
    for row in db.scalars(query):
        try:
            sheet = frozen.thaw(row.frozen_sheet or "")
        except (ValueError, TypeError, KeyError, AttributeError):
            yield Finding(
                f"Báo cáo tổng kết của lớp số {row.training_class_id}: nội dung lưu không đọc được."
            )
            continue
        if sheet.journal_mark and not journal.knows(db, sheet.journal_mark):
            yield Finding(
                f"Báo cáo tổng kết {sheet.letterhead.number} in mã nhật ký {sheet.journal_mark} "
                "mà nhật ký không còn mục ấy: nhật ký đã bị cắt hoặc sửa."
            )


def _row(model: type[Base], key: int) -> frozenset[Row]:
    return frozenset({(model.__tablename__, str(key))})


Check = Callable[[Session], Iterable[Finding]]
ACROSS_ROWS: tuple[Check, ...] = (
    _register_gaps,
    _certificate_days,
    _certificates_without_right,
    _closed_classes,
)
FOUNDATIONS: tuple[Check, ...] = (_integrity, _journal)
CHECKS: tuple[Check, ...] = (
    _orphans,
    _register_gaps,
    _frozen_sheets,
    _certificate_days,
    _certificates_without_right,
    _revocations,
    _marks_outside_class,
    _closed_classes,
)
