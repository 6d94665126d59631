"""What was earned according to old registers: facts, kept as they are and judged by no rule."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from app import dates
from app.models import AssessmentResult, AttendanceRecord, Certificate, Enrolment
from app.printing.certificate import CertificateSheet
from app.rules import classification
from app.services import certificates
from app.services.registers.plan import Plan
from app.spreadsheets.registers.rows import (
    AbsenceLine,
    CertificateLine,
    ClassLine,
    EnrolmentLine,
    Registers,
    StudentLine,
)
from app.terms import CertificateStatus, DocumentFamily, Verdict

NOT_COMPLETED = "Sổ cũ ghi không hoàn thành"


def new_enrolment(row: EnrolmentLine, made: Plan) -> Enrolment:
    """Return a learner in a class, with unit and position of that time."""
    return Enrolment(
        training_class_id=made.class_ids[row.class_key],
        student_id=made.student_ids[row.student_key],
        unit=row.unit,
        position=row.position,
    )


def new_result(row: EnrolmentLine, made: Plan) -> AssessmentResult:
    """Return mark and outcome as the register states them."""
    return AssessmentResult(
        enrolment_id=made.enrolment_ids[row.place],
        mark=row.mark,
        verdict=_verdict(row),
        reason=NOT_COMPLETED if row.has_completed is False else "",
        rounded=None if row.mark is None else classification.round_mark(row.mark),
        classification=row.classification,
    )


def _verdict(row: EnrolmentLine) -> Verdict | None:
    """Who has a mark and did not complete failed; who has none was not admitted for absences."""
    if row.has_completed is None:
        return None
    if row.has_completed:
        return Verdict.QUALIFIED
    was_away = bool(row.excused or row.absent)
    return Verdict.TOO_ABSENT if row.mark is None and was_away else Verdict.FAILED


def new_absence(row: AbsenceLine, made: Plan) -> AttendanceRecord:
    """Return the note that a learner was away or late; who has none was there."""
    return AttendanceRecord(
        enrolment_id=made.enrolment_ids[row.place],
        class_session_id=made.session_ids[row.class_key, row.session],
        status=row.status,
    )


def new_certificates(registers: Registers, made: Plan) -> list[Certificate]:
    """Return the register lines with what is known of each paper."""
    return list(_certificates(registers, made))


def _certificates(registers: Registers, made: Plan) -> Iterator[Certificate]:
    classes = {row.key: row for row in registers.classes}
    people = {row.key: row for row in registers.students}
    units = {row.place: row.unit for row in registers.enrolments}
    for row in made.certificates:
        place = row.place
        sheet = _sheet(row, classes[row.class_key], people[row.student_key], units[place])
        frozen = json.dumps(asdict(sheet), ensure_ascii=False, sort_keys=True)
        yield Certificate(
            enrolment_id=made.enrolment_ids[place],
            status=CertificateStatus.ISSUED,
            register_year=row.year,
            register_sequence=row.sequence,
            register_number=row.number,
            number=row.number,
            issued_on=row.issued_on,
            layout=certificates.NOT_OURS,
            sheet=frozen,
            sheet_hash=certificates.hash_of(frozen),
        )


def _sheet(
    row: CertificateLine, held: ClassLine, person: StudentLine, unit: str
) -> CertificateSheet:
    """Freeze what the register knows; who signed and by which decision it does not say."""
    span = f"Từ {dates.long(held.starts_on)} đến {dates.long(held.ends_on)}"
    return CertificateSheet(
        parent_name="",
        centre_name=held.centre.upper(),
        family=DocumentFamily.PARTY.value,
        issuer="",
        salutation="",
        full_name=person.full_name,
        born=f"Sinh {person.born.spoken}" if person.born else "",
        unit=unit,
        course_title=held.name,
        period=span,
        classification=row.classification,
        certificate_number=f"Số {row.number}",
        decision="",
        register_number=f"Số vào sổ: {row.sequence}",
        place_and_date=dates.long(row.issued_on),
        authority="",
        signer_title="",
        signer_name="",
    )
