"""The classes a person was in, with results and certificates; also as a paper."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import dates
from app.models import AssessmentResult, Certificate, Enrolment, Student, TrainingClass
from app.printing.study_record import StudyRecordSheet, StudyRow
from app.printing.working_paper import SignatureBox, WorkingHeader
from app.services import centre, guard
from app.terms import ClassStatus, Permission


@dataclass(frozen=True)
class LostPaper:
    """A certificate that is no longer valid."""

    number: str
    what: str  # "thu hồi 20/10/2026"

    @property
    def told(self) -> str:
        """The number with what became of it: "015-GCN/TTCT thu hồi 20/10/2026"."""
        return f"{self.number} {self.what}"


@dataclass(frozen=True)
class HistoryRow:
    """One class a person was in."""

    class_id: int
    title: str
    starts_on: datetime.date
    ends_on: datetime.date
    status: ClassStatus
    classification: str
    verdict: str
    certificate_number: str  # the valid one
    unit: str = ""  # as it was then
    left_on: datetime.date | None = None
    lost: tuple[LostPaper, ...] = ()

    @property
    def result(self) -> str:
        """What came of it, in a word or two; empty while it goes on."""
        left = f"Thôi học {dates.grid(self.left_on)}" if self.left_on else ""
        return self.classification or left or self.verdict


def classes_of(db: Session, student_id: int) -> list[HistoryRow]:
    """Return the classes of a person, the newest first."""
    guard.read(db, Permission.READ)
    query = (
        select(Enrolment, AssessmentResult)
        .options(joinedload(Enrolment.training_class))
        .join(TrainingClass, TrainingClass.id == Enrolment.training_class_id)
        .outerjoin(AssessmentResult, AssessmentResult.enrolment_id == Enrolment.id)
        .where(Enrolment.student_id == student_id)
        .order_by(TrainingClass.starts_on.desc())
    )
    papers: dict[int, list[Certificate]] = {}
    of_person = select(Enrolment.id).where(Enrolment.student_id == student_id)
    issued = select(Certificate).where(Certificate.enrolment_id.in_(of_person))
    for paper in db.scalars(issued.order_by(Certificate.id)):
        papers.setdefault(paper.enrolment_id, []).append(paper)
    return [
        _row(enrolment, result, papers.get(enrolment.id, []))
        for enrolment, result in db.execute(query)
    ]


def record_sheet(db: Session, student_id: int, on: datetime.date) -> StudyRecordSheet:
    """Return the paper that tells what a person learnt here, as of a day."""
    guard.read(db, Permission.EXPORT)
    person = guard.existing(db, Student, student_id, "người")
    identity, signer = centre.identity(db, on), centre.signatory(db, on)
    rows = classes_of(db, student_id)[::-1]
    papers = sum(bool(row.certificate_number) for row in rows)
    return StudyRecordSheet(
        header=WorkingHeader(
            identity.parent_line,
            identity.centre_line,
            "QUÁ TRÌNH HỌC TẬP",
            person.full_name,
            "; ".join(_about(person)),
        ),
        rows=tuple(_study_row(row) for row in rows),
        closing=f"({len(rows)} lượt học, {papers} giấy chứng nhận còn hiệu lực, "
        f"tính đến ngày {dates.short(on)})",
        signatures=(SignatureBox("NGƯỜI LẬP"), SignatureBox(signer.title, signer.name)),
    )


def _row(
    enrolment: Enrolment, result: AssessmentResult | None, papers: list[Certificate]
) -> HistoryRow:
    row = enrolment.training_class
    return HistoryRow(
        class_id=row.id,
        title=row.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        status=row.status,
        classification=result.classification if result else "",
        verdict=result.verdict.label if result and result.verdict else "",
        certificate_number=next((one.number for one in papers if one.status.is_live), ""),
        unit=enrolment.unit,
        left_on=enrolment.left_on,
        lost=tuple(_lost(one) for one in papers if not one.status.is_live),
    )


def _lost(paper: Certificate) -> LostPaper:
    day = f" {dates.grid(paper.revoked_on)}" if paper.revoked_on else ""
    return LostPaper(paper.number, f"{paper.status.label.lower()}{day}")


def _about(person: Student) -> Iterator[str]:
    if person.born:
        yield f"sinh {person.born.spoken}"
    if person.workplace:
        yield person.workplace.name


def _study_row(row: HistoryRow) -> StudyRow:
    valid = [row.certificate_number] if row.certificate_number else []
    return StudyRow(
        class_title=row.title,
        period=dates.span(row.starts_on, row.ends_on),
        unit=row.unit,
        result=row.result or row.status.label,
        certificate="; ".join([*valid, *(one.told for one in row.lost)]),
    )
