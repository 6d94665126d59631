"""The closing report of a class: the clerk's words, and closing itself."""

import datetime

from sqlalchemy.orm import Session

from app import dates, text
from app.errors import RuleError
from app.models import ClosingReport
from app.printing.closing_report import ClosingReportSheet
from app.rules import classes as class_rules
from app.rules.classes import Condition
from app.services import certificates, closing_sheet, frozen, guard
from app.services.report_form import ReportForm
from app.terms import ClassStatus, DecisionKind, Permission


def report_form(db: Session, class_id: int) -> ReportForm:
    """Return what is written for the report of a class so far."""
    guard.read(db, Permission.READ)
    row = db.get(ClosingReport, class_id)
    if row is None:
        return ReportForm()
    return ReportForm(**{name: getattr(row, name) for name in ReportForm.__dataclass_fields__})


def save_report(db: Session, class_id: int, form: ReportForm) -> None:
    """Keep the clerk's words for the report; blank lines between paragraphs stay."""
    guard.permit(db, Permission.WRITE_REPORTS)
    guard.class_for_change(db, class_id)
    row = db.get(ClosingReport, class_id) or ClosingReport(training_class_id=class_id)
    row.number, row.signed_on = text.clean(form.number), form.signed_on
    for name in ("strengths", "limitations", "causes", "lessons", "proposals", "commendations"):
        lines = (text.clean(line) for line in getattr(form, name).splitlines())
        setattr(row, name, "\n".join(line for line in lines if line))
    db.add(row)
    db.flush()


def closing_report_sheet(db: Session, class_id: int) -> ClosingReportSheet:
    """Return the report: computed while the class is open, as it was once it is closed."""
    guard.read(db, Permission.EXPORT)
    row = guard.existing_class(db, class_id)
    stored = db.get(ClosingReport, class_id)
    if row.status is ClassStatus.CLOSED and stored and stored.frozen_sheet:
        return frozen.thaw(stored.frozen_sheet)
    return closing_sheet.fill(db, row, report_form(db, class_id))


def conditions_to_close(db: Session, class_id: int) -> list[Condition]:
    """Return what must be done before the class is closed for good."""
    guard.read(db, Permission.READ)
    row = guard.existing_class(db, class_id)
    rows = certificates.certificate_list(db, class_id)
    issued = sum(one.certificate_id is not None for one in rows)
    is_final = row.status in (ClassStatus.FINALISED, ClassStatus.CLOSED)
    return class_rules.conditions_to_close(
        learners=len(rows),
        is_finalised=is_final,
        certificates_due=issued + sum(one.waits for one in rows) if is_final else 0,
        certificates_issued=issued,
        has_recognition_decision=any(
            decision.kind is DecisionKind.RECOGNITION for decision in row.decisions
        ),
        has_report_number=bool(report_form(db, class_id).number),
    )


def close_class(db: Session, class_id: int, closed_on: datetime.date) -> None:
    """Close the class: the report is frozen and nothing of the class can change any more."""
    guard.permit(db, Permission.CLOSE_CLASS)
    row = guard.class_for_change(db, class_id)
    class_rules.check_conditions(conditions_to_close(db, class_id), "Chưa bế giảng được")
    class_rules.check_step(row.status, ClassStatus.CLOSED)
    if closed_on < row.ends_on:
        raise RuleError(
            f"Ngày bế giảng trước buổi học cuối {dates.grid(row.ends_on)}. Sửa lịch học hoặc đợi "
            "đến ngày đó."
        )
    stored = guard.existing(db, ClosingReport, class_id, "báo cáo tổng kết")
    stored.frozen_sheet = frozen.freeze(closing_report_sheet(db, class_id))
    row.closed_on, row.status = closed_on, ClassStatus.CLOSED
    db.flush()
