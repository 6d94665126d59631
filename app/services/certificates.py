"""Certificates: who may get one, numbers taken, and everything printed frozen at that moment."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import dates
from app.dates import PartialDate
from app.errors import RuleError
from app.models import Certificate, Decision, Enrolment, TrainingClass
from app.models.base import now
from app.printing.certificate import CertificateSheet
from app.rules import numbering
from app.rules.answer import Answer
from app.rules.eligibility import may_receive
from app.services import centre, guard, results
from app.services.centre import CentreForm, SignatoryRow
from app.services.results import ResultRow
from app.terms import CertificateStatus, ClassStatus, DecisionKind, Permission

LAYOUT = "a4"
NOT_OURS = ""  # the layout of papers issued before this program, which cannot draw them


@dataclass(frozen=True)
class CertificateRow:
    """One learner of the class and the certificate, issued or not.

    `certificate_id` is that of a valid certificate; number and status may be of a revoked one.
    """

    enrolment_id: int
    full_name: str
    sort_key: str
    born: PartialDate | None
    answer: Answer
    certificate_id: int | None = None
    status: CertificateStatus | None = None
    number: str = ""
    register_number: str = ""
    issued_on: datetime.date | None = None
    printed_at: datetime.datetime | None = None
    revoked_on: datetime.date | None = None
    waits_for_review: bool = False
    is_old: bool = False  # of an old register: there is nothing to draw

    @property
    def waits(self) -> bool:
        """Whether a number may be taken for this learner."""
        return self.certificate_id is None and self.answer.allowed


def certificate_list(db: Session, class_id: int) -> list[CertificateRow]:
    """Return every learner by given name with the live certificate or why there is none."""
    guard.read(db, Permission.READ)
    training_class = guard.existing_class(db, class_id)
    lines = {row.enrolment_id: row for row in _lines(db, class_id)}
    return [
        _row(training_class, row, lines.get(row.enrolment_id))
        for row in results.result_list(db, class_id)
    ]


def issue(
    db: Session,
    class_id: int,
    enrolment_ids: Iterable[int],
    issued_on: datetime.date,
    signatory_id: int | None = None,
) -> list[int]:
    """Take register numbers and freeze what is printed; return ids in the order of the list.

    Refused unless the results are final, the decision is recorded and each learner may receive
    one (HD 154-HD/BTGTW: issued once).
    """
    guard.permit(db, Permission.ISSUE)
    sheets = drafts(db, class_id, enrolment_ids, issued_on, signatory_id)
    first = _next_sequence(db, issued_on)
    rows = [_certificate(draft, first + offset, issued_on) for offset, draft in enumerate(sheets)]
    db.add_all(rows)
    db.flush()
    return [row.id for row in rows]


@dataclass(frozen=True)
class Draft:
    """A certificate as it would be issued now."""

    enrolment_id: int
    register_number: str
    number: str
    sheet: CertificateSheet


def drafts(
    db: Session,
    class_id: int,
    enrolment_ids: Iterable[int],
    issued_on: datetime.date,
    signatory_id: int | None = None,
) -> list[Draft]:
    """Return what `issue` would freeze, with the numbers it would take; nothing is written."""
    guard.read(db, Permission.READ)
    training_class = guard.class_for_change(db, class_id)
    decision = _recognition(training_class)
    if issued_on < decision.signed_on:
        raise RuleError(
            f"Ngày cấp {dates.grid(issued_on)} trước ngày quyết định "
            f"{dates.grid(decision.signed_on)}. Sửa ngày cấp."
        )
    rows = _chosen(db, class_id, enrolment_ids)
    first = _next_sequence(db, issued_on)
    press = _Press(
        training_class,
        decision,
        issued_on,
        centre.identity(db, issued_on),
        centre.signatory(db, issued_on, signatory_id),
    )
    return [press.draft(row, first + offset) for offset, row in enumerate(rows)]


def sheets(db: Session, certificate_ids: Sequence[int]) -> list[CertificateSheet]:
    """Return the frozen sheets in the order asked; what was issued never changes."""
    guard.read(db, Permission.READ)
    rows = {row.id: row for row in _by_ids(db, certificate_ids)}
    if set(certificate_ids) - rows.keys():
        raise RuleError("Có giấy chứng nhận không còn trong sổ. Tải lại màn hình (F5).")
    if any(rows[one].layout == NOT_OURS for one in certificate_ids):
        raise RuleError("Giấy cấp theo sổ cũ không có bản in ở đây. Dùng bản lưu trên giấy.")
    return [sheet_of(rows[one]) for one in certificate_ids]


def sheet_of(certificate: Certificate) -> CertificateSheet:
    """Return what the certificate prints, as frozen when it was issued."""
    return CertificateSheet(**json.loads(certificate.sheet))


def class_certificates(db: Session, class_id: int) -> list[int]:
    """Return the live certificates of a class that can be drawn, in register order."""
    guard.read(db, Permission.READ)
    ours = (row for row in _lines(db, class_id) if row.layout != NOT_OURS)
    return [row.id for row in ours if row.status.is_live]


def note_printed(db: Session, certificate_ids: Sequence[int]) -> None:
    """Note that these were sent to paper; printing again is not issuing again."""
    guard.permit(db, Permission.ISSUE)
    for row in _by_ids(db, certificate_ids):
        row.printed_at = now()


@dataclass(frozen=True)
class _Press:
    """What all certificates of one issue share."""

    row: TrainingClass
    decision: Decision
    issued_on: datetime.date
    centre: CentreForm
    signer: SignatoryRow

    def draft(self, result: ResultRow, sequence: int) -> Draft:
        """Fill one certificate."""
        year, code = self.issued_on.year, self.centre.short_code
        number = numbering.certificate_number(sequence, year, code, self.centre.certificate_pattern)
        register = numbering.register_number(sequence, year, self.centre.register_pattern)
        return Draft(result.enrolment_id, register, number, self._sheet(result, register, number))

    def _sheet(self, result: ResultRow, register: str, number: str) -> CertificateSheet:
        signed_on = dates.short(self.decision.signed_on)
        return CertificateSheet(
            parent_name=self.centre.parent_line,
            centre_name=self.centre.centre_line,
            family=self.centre.document_family.value,
            issuer=f"GIÁM ĐỐC {self.centre.name}".upper(),
            salutation=self.centre.salutation,
            full_name=result.full_name,
            born=f"Sinh {result.born.spoken}" if result.born else "",
            unit=result.unit,
            course_title=self.row.version.programme.certificate_title,
            period=_period(self.row),
            classification=result.outcome.band,
            certificate_number=f"Số {number}",
            decision=f"Quyết định số {self.decision.number}, ngày {signed_on}",
            register_number=f"Số vào sổ: {register}",
            place_and_date=f"{self.centre.place_name}, {dates.long(self.issued_on)}",
            authority=self.signer.authority,
            signer_title=self.signer.title,
            signer_name=self.signer.name,
        )


def _period(row: TrainingClass) -> str:
    if row.starts_on == row.ends_on:
        return f"Ngày {dates.long(row.starts_on).removeprefix('ngày ')}"
    return f"Từ {dates.long(row.starts_on)} đến {dates.long(row.ends_on)}"


def _recognition(row: TrainingClass) -> Decision:
    if row.status is not ClassStatus.FINALISED:
        raise RuleError("Chưa chốt kết quả. Chốt ở thẻ Kết quả rồi mới cấp số.")
    for decision in row.decisions:
        if decision.kind is DecisionKind.RECOGNITION:
            return decision
    raise RuleError("Chưa có quyết định công nhận kết quả. Ghi số và ngày quyết định trước.")


def _chosen(db: Session, class_id: int, enrolment_ids: Iterable[int]) -> list[ResultRow]:
    wanted = set(enrolment_ids)
    rows = [row for row in certificate_list(db, class_id) if row.enrolment_id in wanted]
    for row in rows:
        if not row.answer.allowed:
            raise RuleError(f"Không cấp được cho {row.full_name}: {row.answer.reason}.")
    if len(rows) != len(wanted) or not rows:
        raise RuleError("Chưa chọn học viên nào trong lớp để cấp. Đánh dấu ở danh sách.")
    by_id = {row.enrolment_id: row for row in results.result_list(db, class_id)}
    return [by_id[row.enrolment_id] for row in rows]


def _certificate(draft: Draft, sequence: int, issued_on: datetime.date) -> Certificate:
    frozen = json.dumps(asdict(draft.sheet), ensure_ascii=False, sort_keys=True)
    return Certificate(
        enrolment_id=draft.enrolment_id,
        status=CertificateStatus.ISSUED,
        register_year=issued_on.year,
        register_sequence=sequence,
        register_number=draft.register_number,
        number=draft.number,
        issued_on=issued_on,
        layout=LAYOUT,
        sheet=frozen,
        sheet_hash=hash_of(frozen),
    )


def hash_of(frozen: str) -> str:
    """Return the SHA-256 of a frozen sheet."""
    return hashlib.sha256(frozen.encode()).hexdigest()


def _next_sequence(db: Session, issued_on: datetime.date) -> int:
    """One register a year, continuing what was taken on paper before the program came."""
    stated = centre.identities(db)
    on_paper = [form.numbers_used for form in stated if form.numbers_used_year == issued_on.year]
    query = select(Certificate.register_sequence)
    used = db.scalars(query.where(Certificate.register_year == issued_on.year))
    return numbering.next_sequence(used, max(on_paper, default=0))


def _by_ids(db: Session, certificate_ids: Sequence[int]) -> Iterable[Certificate]:
    return db.scalars(select(Certificate).where(Certificate.id.in_(certificate_ids)))


def _lines(db: Session, class_id: int) -> Sequence[Certificate]:
    """Return the register lines of a class in register order, revoked ones before valid ones."""
    query = (
        select(Certificate)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .where(Enrolment.training_class_id == class_id)
        .order_by(
            Certificate.status == CertificateStatus.ISSUED,
            Certificate.register_year,
            Certificate.register_sequence,
        )
    )
    return db.scalars(query).all()


def _row(
    training_class: TrainingClass, result: ResultRow, found: Certificate | None
) -> CertificateRow:
    is_live = found is not None and found.status.is_live
    is_open = found is not None and not is_live and not result.is_final
    answer = may_receive(
        result.outcome,
        training_class.version.programme.document,
        has_live_certificate=is_live,
        waits_for_review=is_open,
    )
    person = (result.enrolment_id, result.full_name, result.sort_key, result.born, answer)
    if found is None:
        return CertificateRow(*person)
    return CertificateRow(
        *person,
        certificate_id=found.id if is_live else None,
        revoked_on=found.revoked_on,
        waits_for_review=is_open,
        is_old=found.layout == NOT_OURS,
        status=found.status,
        number=found.number,
        register_number=found.register_number,
        issued_on=found.issued_on,
        printed_at=found.printed_at,
    )
