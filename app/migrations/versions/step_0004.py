"""What old registers know: groups of staff, kinds of unit, lecturers by code, absences only."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# Column checks go in as text: SQLite adds a column with its check, but no check to a column.
CLOSED_WORDS = (
    (
        *("student", "staff_group"),
        "'commune_cadre', 'commune_servant', 'part_time', 'upper_level'",
    ),
    ("workplace", "kind", "'commune', 'agency'"),
    ("lecturer", "sex", "'male', 'female'"),
)


def upgrade() -> None:
    """Add the columns."""
    for table, column, words in CLOSED_WORDS:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} TEXT CONSTRAINT ck_{table}_{column} "
            f"CHECK ({column} IS NULL OR {column} IN ({words}))"
        )
    op.add_column("lecturer", sa.Column("born", sa.Text))
    for table, column in (
        ("lecturer", "code"),
        ("lecturer", "ethnicity"),
        ("lecturer", "political_education"),
        ("programme", "audience"),
    ):
        op.add_column(
            table, sa.Column(column, sa.Text, nullable=False, server_default=sa.text("''"))
        )
    for column in ("is_from_register", "is_absences_only"):
        op.add_column(
            "training_class",
            sa.Column(column, sa.Boolean, nullable=False, server_default=sa.false()),
        )
