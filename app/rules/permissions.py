"""Who may do what: the one list, checked by the service that acts."""

from dataclasses import dataclass

from app.terms import Permission, Role

_READING = {Permission.READ, Permission.READ_OWN, Permission.SHOW_PERSONAL, Permission.EXPORT}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset(
        _READING
        | {
            Permission.EDIT_CENTRE,
            Permission.EDIT_PROGRAMMES,
            Permission.EDIT_PEOPLE,
            Permission.EDIT_CLASSES,
            Permission.ENROL,
            Permission.MARK_ATTENDANCE,
            Permission.MARK_OWN_ATTENDANCE,
            Permission.ENTER_MARKS,
            Permission.ISSUE,
            Permission.WRITE_REPORTS,
            Permission.READ_JOURNAL,
            Permission.BACK_UP,
        }
    ),
    Role.LECTURER: frozenset({Permission.READ_OWN, Permission.MARK_OWN_ATTENDANCE}),
    Role.DIRECTOR: frozenset(
        _READING
        | {
            Permission.APPROVE_RESULTS,
            Permission.REVOKE,
            Permission.CLOSE_CLASS,
            Permission.READ_JOURNAL,
            Permission.BACK_UP,
        }
    ),
    Role.ADMIN: frozenset(
        {
            Permission.READ_JOURNAL,
            Permission.BACK_UP,
            Permission.RESTORE,
            Permission.MANAGE_ACCOUNTS,
        }
    ),
}


@dataclass(frozen=True)
class User:
    """Who works at the program now."""

    name: str
    roles: frozenset[Role]
    account_id: int | None = None
    lecturer_id: int | None = None

    def may(self, permission: Permission) -> bool:
        """Tell whether one of the roles covers the right."""
        return any(permission in GRANTS[role] for role in self.roles)

    @property
    def is_only_lecturer(self) -> bool:
        """Whether nothing but the own classes can be seen."""
        return self.may(Permission.READ_OWN) and not self.may(Permission.READ)

    @property
    def title(self) -> str:
        """Name and roles as the top bar shows them: "Hoàng Thị Mai · Giáo vụ"."""
        if self.account_id is None:
            return self.name
        return f"{self.name} · {', '.join(role.label for role in Role if role in self.roles)}"


def alone(name: str = "") -> User:
    """Return the user of a centre without accounts: one person who does everything."""
    return User(name, frozenset(Role))
