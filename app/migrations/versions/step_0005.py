"""Decisions kept: names of units, people told apart, columns of senders, drafts of imports."""

import sqlalchemy as sa
from alembic import op

from app.migrations.columns import check, key, optional, refers, required

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables."""
    op.execute(
        "ALTER TABLE workplace ADD COLUMN successor_id INTEGER "
        "CONSTRAINT fk_workplace_successor_id REFERENCES workplace (id)"
    )
    op.create_index("ix_workplace_successor_id", "workplace", ["successor_id"])
    op.drop_index("ix_student_list", "student")
    op.create_index(
        "ix_student_list", "student", ["sort_key", "born", "fold", "workplace_id", "party_status"]
    )
    _create_names()
    _create_people()
    _create_imports()


def _create_names() -> None:
    op.create_table(
        "workplace_name",
        *required(sa.Integer, "id", "workplace_id"),
        *required(sa.Text, "name", "fold"),
        *optional(sa.Date, "valid_to"),
        key("workplace_name", "id"),
        refers("workplace_name", "workplace_id", "workplace.id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_workplace_name_workplace_id", "workplace_name", ["workplace_id"])
    op.create_index("ix_workplace_name_fold", "workplace_name", ["fold"])


def _create_people() -> None:
    op.create_table(
        "known_as",
        *required(sa.Integer, "id", "student_id"),
        *required(sa.Text, "full_name", "sort_key", "identity_number", "unit"),
        *optional(sa.Text, "born"),
        key("known_as", "id"),
        refers("known_as", "student_id", "student.id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_known_as_student_id", "known_as", ["student_id"])
    op.create_index("ix_known_as_same", "known_as", ["sort_key", "born"])
    op.create_index("ix_known_as_identity_number", "known_as", ["identity_number"])
    op.create_table(
        "different_people",
        *required(sa.Integer, "first_id", "second_id"),
        *required(sa.DateTime, "decided_at"),
        key("different_people", "first_id", "second_id"),
        check("different_people", "order", "first_id < second_id"),
        refers("different_people", "first_id", "student.id"),
        refers("different_people", "second_id", "student.id"),
    )
    op.create_index("ix_different_people_second_id", "different_people", ["second_id"])


def _create_imports() -> None:
    op.create_table(
        "column_choice",
        *required(sa.Text, "signature", "sender", "columns"),
        *required(sa.DateTime, "chosen_at"),
        key("column_choice", "signature", "sender"),
    )
    op.create_table(
        "import_draft",
        *required(sa.Integer, "id", "training_class_id"),
        *required(sa.Text, "file_name", "content"),
        *required(sa.DateTime, "saved_at"),
        key("import_draft", "id"),
        refers("import_draft", "training_class_id", "training_class.id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_draft_training_class_id", "import_draft", ["training_class_id"])
