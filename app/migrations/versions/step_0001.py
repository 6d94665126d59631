"""The first schema: the centre, its programmes and its people."""

import sqlalchemy as sa
from alembic import op

from app.migrations.columns import check, key, one_of, optional, refers, required, unique

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    _create_centre()
    _create_programmes()
    _create_people()


def _create_centre() -> None:
    op.create_table(
        "centre",
        *required(sa.Date, "valid_from"),
        *required(
            sa.Text,
            "name",
            "parent_line",
            "centre_line",
            "place_name",
            "short_code",
            "communes_served",
            "phone",
            "document_family",
            "part_time_word",
            "salutation",
            "report_recipients",
            "certificate_pattern",
            "register_pattern",
        ),
        *required(sa.Integer, "numbers_used", "numbers_used_year", "id"),
        key("centre", "id"),
        one_of("centre", "document_family", "party", "state"),
        check("centre", "numbers_used", "numbers_used >= 0"),
        unique("centre", "valid_from"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "signatory",
        *required(sa.Text, "name", "title", "authority", "authorisation"),
        *required(sa.Date, "valid_from"),
        *optional(sa.Date, "valid_to"),
        *required(sa.Integer, "id"),
        key("signatory", "id"),
        sqlite_autoincrement=True,
    )


def _create_programmes() -> None:
    op.create_table(
        "programme",
        *required(
            sa.Text, "code", "name", "short_name", "certificate_title", "document", "report_group"
        ),
        *required(sa.Boolean, "is_active"),
        *required(sa.Integer, "position", "id"),
        key("programme", "id"),
        one_of("programme", "document", "certificate", "diploma", "none"),
        unique("programme", "code"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "programme_version",
        *required(sa.Integer, "programme_id", "number", "id"),
        *required(sa.Text, "legal_basis", "assessment_name", "assumptions", "confirmed_by"),
        *optional(sa.Date, "valid_from"),
        *optional(sa.DateTime, "confirmed_at"),
        key("programme_version", "id"),
        refers("programme_version", "programme_id", "programme.id"),
        unique("programme_version", "programme_id", "number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "topic",
        *required(sa.Integer, "version_id", "position", "periods", "sessions", "id"),
        *required(sa.Text, "title", "kind"),
        key("topic", "id"),
        one_of(
            "topic",
            "kind",
            "lecture",
            "discussion",
            "field_trip",
            "review",
            "assessment",
            "ceremony",
        ),
        check("topic", "periods", "periods > 0"),
        check("topic", "sessions", "sessions > 0"),
        refers("topic", "version_id", "programme_version.id"),
        unique("topic", "version_id", "position"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "learning_rule",
        *required(sa.Integer, "version_id", "minimum_share", "pass_mark", "mark_places"),
        *required(sa.Text, "unit"),
        *optional(sa.Integer, "absent_limit", "excused_limit"),
        *required(sa.Boolean, "is_assessed"),
        key("learning_rule", "version_id"),
        check("learning_rule", "minimum_share", "minimum_share BETWEEN 0 AND 10000"),
        check("learning_rule", "pass_mark", "pass_mark BETWEEN 0 AND 1000"),
        one_of("learning_rule", "unit", "periods", "sessions"),
        refers("learning_rule", "version_id", "programme_version.id"),
    )
    op.create_table(
        "classification_band",
        *required(sa.Integer, "version_id", "lower", "id"),
        *required(sa.Text, "name"),
        *required(sa.Boolean, "passes", "counts_as_good"),
        key("classification_band", "id"),
        refers("classification_band", "version_id", "programme_version.id"),
        unique("classification_band", "version_id", "lower"),
        unique("classification_band", "version_id", "name"),
        sqlite_autoincrement=True,
    )


def _create_people() -> None:
    op.create_table(
        "workplace",
        *required(sa.Text, "name", "fold"),
        *required(sa.Integer, "id"),
        key("workplace", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_workplace_fold", "workplace", ["fold"])
    op.create_table(
        "student",
        *optional(
            sa.Text,
            "born",
            "sex",
            "identity_number",
            "party_status",
            "party_joined",
            "party_confirmed",
        ),
        *required(
            sa.Text,
            "ethnicity",
            "religion",
            "phone",
            "email",
            "home_town",
            "position",
            "general_education",
            "education",
            "political_education",
            "code",
            "note",
            "full_name",
            "sort_key",
            "fold",
        ),
        *optional(sa.Integer, "workplace_id"),
        *required(sa.DateTime, "created_at"),
        *required(sa.Integer, "id"),
        key("student", "id"),
        check(
            "student",
            "identity_number",
            "identity_number IS NULL OR length(identity_number) IN (9, 12)",
        ),
        one_of("student", "party_status", "none", "probationary", "full", empty=True),
        one_of("student", "sex", "male", "female", empty=True),
        refers("student", "workplace_id", "workplace.id"),
        unique("student", "identity_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_student_list", "student", ["sort_key", "fold"])
    op.create_index("ix_student_same", "student", ["fold", "born"])
    op.create_index("ix_student_workplace_id", "student", ["workplace_id"])
    op.create_table(
        "lecturer",
        *required(
            sa.Text,
            "employment",
            "academic_title",
            "position",
            "workplace",
            "phone",
            "appointment",
            "note",
            "full_name",
            "sort_key",
            "fold",
        ),
        *required(sa.Boolean, "is_active"),
        *required(sa.Integer, "id"),
        key("lecturer", "id"),
        one_of("lecturer", "employment", "part_time", "full_time", "invited"),
        sqlite_autoincrement=True,
    )
