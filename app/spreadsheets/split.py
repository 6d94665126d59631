"""A name in two columns under one heading: seen from what stands in the columns."""

from app.spreadsheets.columns import Field
from app.spreadsheets.header import Header
from app.spreadsheets.layout import Entry
from app.text import fold

_SEXES = frozenset({"nam", "nu"})
_SHARE = 0.8


def name_columns(header: Header, entries: tuple[Entry, ...]) -> dict[Field, int]:
    """The columns of a table, with the given name found beside its heading "Họ và tên"."""
    columns = dict(header.columns)
    whole = columns.get(Field.FULL_NAME)
    if whole is None:
        return columns
    beside = columns.pop(Field.GIVEN, whole + 1)
    is_free = beside not in columns.values() and not header.headings.get(beside)
    is_given = header.columns.get(Field.GIVEN) == beside
    if (is_free or is_given) and _holds_given_names(whole, beside, entries):
        del columns[Field.FULL_NAME]
        columns |= {Field.FAMILY_MIDDLE: whole, Field.GIVEN: beside}
    return columns


def _holds_given_names(whole: int, beside: int, entries: tuple[Entry, ...]) -> bool:
    """Whether nearly every row has one word beside that is not the name's own last word."""
    pairs = [(entry.line.text(whole), entry.line.text(beside)) for entry in entries]
    given = [(family, word) for family, word in pairs if word.isalpha() and _is_new(family, word)]
    words = {fold(word) for _, word in given}
    return len(given) >= max(1, _SHARE * len(pairs)) and bool(words - _SEXES)


def _is_new(family: str, word: str) -> bool:
    """Whether the word adds to the name instead of repeating its end."""
    return len(word) > 1 and family.rpartition(" ")[2].casefold() != word.casefold()
