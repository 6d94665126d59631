"""The journal, accounts and settings; why a certificate was revoked."""

import sqlalchemy as sa
from alembic import op

from app.migrations.columns import check, key, one_of, optional, refers, required, unique

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    _create_journal()
    _create_accounts()
    op.add_column("certificate", sa.Column("revoked_on", sa.Date))
    for name in ("revocation_reason", "revocation_decision"):
        op.add_column(
            "certificate", sa.Column(name, sa.Text, nullable=False, server_default=sa.text("''"))
        )


def _create_journal() -> None:
    op.create_table(
        "journal_act",
        *required(sa.Integer, "id"),
        *required(sa.Text, "name", "subject", "kind", "actor", "machine", "reason", "happened_at"),
        *required(sa.Text, "permissions", "previous_hash", "hash"),
        *optional(sa.Integer, "account_id", "undoes"),
        key("journal_act", "id"),
        one_of(
            "journal_act", "kind", "change", "undo", "redo", "look", "sign_in", "restore", "start"
        ),
        check("journal_act", "undoes", "undoes IS NULL OR undoes < id"),
        refers("journal_act", "undoes", "journal_act.id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_act_undoes", "journal_act", ["undoes"])
    op.create_table(
        "journal_change",
        *required(sa.Integer, "act_id", "position"),
        *required(sa.Text, "table_name", "row_key"),
        *optional(sa.Text, "before", "after"),
        key("journal_change", "act_id", "position"),
        refers("journal_change", "act_id", "journal_act.id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_journal_change_row", "journal_change", ["table_name", "row_key"])


def _create_accounts() -> None:
    op.create_table(
        "account",
        *required(sa.Integer, "id", "failures"),
        *required(sa.Text, "full_name", "password"),
        *required(sa.Boolean, "is_active"),
        *optional(sa.Integer, "lecturer_id"),
        *optional(sa.DateTime, "failed_at"),
        key("account", "id"),
        check("account", "failures", "failures >= 0"),
        refers("account", "lecturer_id", "lecturer.id"),
        unique("account", "full_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_account_lecturer_id", "account", ["lecturer_id"])
    op.create_table(
        "account_role",
        *required(sa.Integer, "account_id"),
        *required(sa.Text, "role"),
        key("account_role", "account_id", "role"),
        one_of("account_role", "role", "clerk", "lecturer", "director", "admin"),
        refers("account_role", "account_id", "account.id"),
    )
    op.create_table("setting", *required(sa.Text, "name", "value"), key("setting", "name"))
