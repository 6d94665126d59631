"""Which rows findings have told already, under whatever name file and journal have for them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app import journal
from app.journal import Disagreement, Image
from app.models import Centre, Certificate
from app.services.findings import Finding, Row
from app.services.rule_checks import number_taken

Links = Mapping[Row, set[Row]]


class Told:
    """The rows told so far; a row is known by every name it is linked to."""

    def __init__(self, linked: Links) -> None:
        self._linked = linked
        self._rows: set[Row] = set()

    def add(self, finding: Finding) -> None:
        """Remember the rows a finding speaks of."""
        self._rows |= self._named(finding.rows)

    def knows(self, rows: Iterable[Row]) -> bool:
        """Tell whether something was said of one of these rows."""
        return not self._rows.isdisjoint(self._named(rows))

    def _named(self, rows: Iterable[Row]) -> set[Row]:
        return {name for row in rows for name in (row, *self._linked.get(row, ()))}


def links(behind: Sequence[Disagreement]) -> Links:
    """Return the names of one row: its keys before and after a move, its number in the register."""
    linked: dict[Row, set[Row]] = defaultdict(set)
    for one, other in (*_moved(behind), *_numbered(behind)):
        linked[one].add(other)
        linked[other].add(one)
    return linked


def _moved(behind: Sequence[Disagreement]) -> Iterator[tuple[Row, Row]]:
    """Pair a row that is gone with one that stands, equal beside its key, where none was."""
    gone: dict[str, list[Row]] = defaultdict(list)
    for one in behind:
        if one.image is not None and one.stored is None:
            gone[_content(one.table, one.image)].append((one.table, one.key))
    for one in behind:
        places = gone[_content(one.table, one.stored or {})]
        if one.image is None and places:
            yield places.pop(), (one.table, one.key)


def _content(table: str, image: Image) -> str:
    """Return what a row holds beside its key."""
    key = journal.tables()[table].primary_key.columns.keys()
    return f"{table} {sorted(item for item in image.items() if item[0] not in key)}"


def _numbered(behind: Sequence[Disagreement]) -> Iterator[tuple[Row, Row]]:
    """Pair a changed row with numbers of the register that look missing because of it."""
    tables = {Certificate.__tablename__: _by_certificate, Centre.__tablename__: _by_centre}
    for one in behind:
        if one.table in tables:
            for year, sequence in tables[one.table](one):
                yield (one.table, one.key), number_taken(year, sequence)


def _by_certificate(one: Disagreement) -> Iterator[tuple[int, int]]:
    """Give its own number, and the one before the place it stands at now."""
    if one.image is not None:
        year, sequence = one.image["register_year"], one.image["register_sequence"]
        yield year, sequence
        if one.stored and one.stored["register_sequence"] != sequence:
            yield year, _next(one.stored["register_sequence"], -1)


def _by_centre(one: Disagreement) -> Iterator[tuple[int, int]]:
    """Give the number that follows those said to be taken on paper."""
    if one.stored is not None:
        yield one.stored["numbers_used_year"], _next(one.stored["numbers_used"], 1)


def _next(stored: object, step: int) -> int:
    """Return the number beside a stored one; 0 where that is no number."""
    return stored + step if isinstance(stored, int) else 0
