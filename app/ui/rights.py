"""What a page says where this user cannot act now."""

from app.terms import Permission
from app.ui.context import Context


def hindrance(context: Context, right: Permission) -> str:
    """Why this cannot be done now: the file is open to read only, or the role does not cover it."""
    if context.may(right):
        return ""
    return context.database.read_only or f"Vai trò này không có quyền {right.label}."
