"""What can go wrong in a way the user understands: each text is Vietnamese and shown as it is."""


class AppError(Exception):
    """A refusal with one Vietnamese sentence: what happened and what to do."""


class InputError(AppError):
    """A value the user typed cannot be taken; `field` names the form field (English code word)."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class RuleError(AppError):
    """A rule of the centre or of a regulation forbids the act."""


class PermissionDenied(AppError):  # noqa: N818 - named as in the design
    """The signed-in user's role does not cover the act."""


class StorageError(AppError):
    """The database file cannot be used as asked."""


class FileError(AppError):
    """A file that the user chose cannot be read or written."""


class Cancelled(AppError):  # noqa: N818 - not a fault: the user stopped the work
    """The user stopped a long piece of work; nothing was kept of it."""
