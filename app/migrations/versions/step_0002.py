"""The first schema: classes, what was earned in them, certificates."""

import sqlalchemy as sa
from alembic import op

from app.migrations.columns import check, key, one_of, optional, refers, required, unique

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables."""
    _create_classes()
    _create_results()


def _create_classes() -> None:
    op.create_table(
        "training_class",
        *required(
            sa.Text, "code", "name", "intake", "venue", "manager", "partner", "plan", "status"
        ),
        *required(sa.Integer, "version_id", "year", "id"),
        *required(sa.Date, "starts_on", "ends_on"),
        *optional(sa.Date, "closed_on"),
        *optional(sa.Integer, "convened"),
        *optional(sa.Text, "frozen_rules"),
        *required(sa.DateTime, "created_at"),
        key("training_class", "id"),
        check("training_class", "dates", "ends_on >= starts_on"),
        one_of(
            "training_class", "status", "planned", "recruiting", "running", "finalised", "closed"
        ),
        refers("training_class", "version_id", "programme_version.id"),
        unique("training_class", "code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_training_class_version_id", "training_class", ["version_id"])
    op.create_index("ix_training_class_year", "training_class", ["year", "starts_on"])
    op.create_table(
        "class_session",
        *required(sa.Integer, "training_class_id", "number", "periods", "id"),
        *required(sa.Date, "held_on"),
        *required(sa.Text, "half_day", "title", "kind", "venue"),
        *optional(sa.Integer, "topic_id"),
        key("class_session", "id"),
        one_of("class_session", "half_day", "morning", "afternoon", "evening"),
        one_of(
            "class_session",
            "kind",
            "lecture",
            "discussion",
            "field_trip",
            "review",
            "assessment",
            "ceremony",
        ),
        check("class_session", "periods", "periods > 0"),
        refers("class_session", "topic_id", "topic.id"),
        refers("class_session", "training_class_id", "training_class.id"),
        unique("class_session", "training_class_id", "number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_class_session_day", "class_session", ["held_on", "half_day"])
    op.create_table(
        "teaching_assignment",
        *required(sa.Integer, "class_session_id", "lecturer_id"),
        key("teaching_assignment", "class_session_id", "lecturer_id"),
        refers("teaching_assignment", "class_session_id", "class_session.id"),
        refers("teaching_assignment", "lecturer_id", "lecturer.id"),
    )
    op.create_table(
        "decision",
        *required(sa.Integer, "training_class_id", "id"),
        *required(sa.Text, "kind", "number", "signatory", "issuer"),
        *required(sa.Date, "signed_on"),
        key("decision", "id"),
        one_of("decision", "kind", "opening", "recognition"),
        refers("decision", "training_class_id", "training_class.id"),
        unique("decision", "training_class_id", "kind"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "closing_report",
        *required(sa.Integer, "training_class_id"),
        *required(
            sa.Text,
            "number",
            "strengths",
            "limitations",
            "causes",
            "lessons",
            "proposals",
            "commendations",
        ),
        *optional(sa.Date, "signed_on"),
        *optional(sa.Text, "frozen_sheet"),
        key("closing_report", "training_class_id"),
        refers("closing_report", "training_class_id", "training_class.id"),
    )


def _create_results() -> None:
    op.create_table(
        "enrolment",
        *required(sa.Integer, "training_class_id", "student_id", "id"),
        *optional(sa.Date, "entered_on", "left_on"),
        *required(sa.Text, "unit", "position", "note"),
        *optional(sa.Text, "party_status"),
        key("enrolment", "id"),
        check(
            "enrolment", "dates", "left_on IS NULL OR entered_on IS NULL OR left_on >= entered_on"
        ),
        one_of("enrolment", "party_status", "none", "probationary", "full", empty=True),
        refers("enrolment", "student_id", "student.id"),
        refers("enrolment", "training_class_id", "training_class.id"),
        unique("enrolment", "training_class_id", "student_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enrolment_student_id", "enrolment", ["student_id"])
    op.create_table(
        "attendance_record",
        *required(sa.Integer, "enrolment_id", "class_session_id"),
        *required(sa.Text, "status", "note"),
        *optional(sa.Integer, "minutes_late"),
        key("attendance_record", "enrolment_id", "class_session_id"),
        check(
            "attendance_record",
            "minutes_late",
            "minutes_late IS NULL OR (status = 'late' AND minutes_late > 0)",
        ),
        one_of("attendance_record", "status", "present", "late", "excused", "absent"),
        refers("attendance_record", "class_session_id", "class_session.id"),
        refers("attendance_record", "enrolment_id", "enrolment.id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_attendance_record_session", "attendance_record", ["class_session_id"])
    op.create_table(
        "assessment_result",
        *required(sa.Integer, "enrolment_id"),
        *optional(sa.Integer, "mark", "rounded"),
        *required(sa.Text, "note", "reason", "classification"),
        *optional(sa.Text, "verdict"),
        key("assessment_result", "enrolment_id"),
        check("assessment_result", "mark", "mark IS NULL OR mark BETWEEN 0 AND 1000"),
        one_of(
            "assessment_result",
            "verdict",
            "qualified",
            "attendance_missing",
            "mark_missing",
            "too_absent",
            "failed",
            empty=True,
        ),
        refers("assessment_result", "enrolment_id", "enrolment.id"),
    )
    op.create_table(
        "certificate",
        *required(sa.Integer, "enrolment_id", "register_year", "register_sequence", "id"),
        *required(sa.Text, "status", "register_number", "number", "layout", "sheet", "sheet_hash"),
        *required(sa.Date, "issued_on"),
        *optional(sa.DateTime, "printed_at"),
        *required(sa.DateTime, "issued_at"),
        key("certificate", "id"),
        check("certificate", "register_sequence", "register_sequence > 0"),
        one_of("certificate", "status", "issued", "replaced", "revoked"),
        refers("certificate", "enrolment_id", "enrolment.id"),
        unique("certificate", "register_number"),
        unique("certificate", "register_year", "register_sequence"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_certificate_enrolment_id", "certificate", ["enrolment_id"])
    op.create_index(
        "uq_certificate_live",
        "certificate",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("status = 'issued'"),
        postgresql_where=sa.text("status = 'issued'"),
    )
