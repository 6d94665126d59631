"""What each column of a file was taken for, how sure that is, and why."""

from dataclasses import dataclass
from enum import StrEnum

from app.spreadsheets.fields import Field


class Certainty(StrEnum):
    """How sure a guess is; the label is what the user reads beside the column."""

    SURE = "sure"
    LIKELY = "likely"
    GUESSED = "guessed"
    DOUBTFUL = "doubtful"
    CHOSEN = "chosen"
    UNUSED = "unused"

    @property
    def label(self) -> str:
        """The words shown to the user."""
        return _LABELS[self]

    @property
    def needs_look(self) -> bool:
        """Whether the user should look at the column."""
        return self in (Certainty.LIKELY, Certainty.GUESSED, Certainty.DOUBTFUL)


_LABELS = {
    Certainty.SURE: "Chắc chắn",
    Certainty.LIKELY: "Đoán, mời xem lại",
    Certainty.GUESSED: "Đoán theo nội dung",
    Certainty.DOUBTFUL: "Chưa chắc, hãy chọn",
    Certainty.CHOSEN: "Đã chọn",
    Certainty.UNUSED: "Bỏ qua",
}


@dataclass(frozen=True)
class ColumnGuess:
    """A column of the file: its heading, its first values, what it was taken for and why."""

    letter: str
    heading: str
    samples: tuple[str, ...]
    field: Field | None
    certainty: Certainty
    reason: str
    is_hidden: bool = False
