"""What the results of a class come to: parts of the bar, facts of the seal, words of the banner."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.terms import ClassStatus, Verdict
from app.ui.results.band_bar import Part

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.results import ResultRow

_GOOD = ("ok", "ok_l", "primary", "bar_plan")


def parts(rows: "Sequence[ResultRow]", bands: Sequence[tuple[str, bool, bool]]) -> list[Part]:
    """Counts by band (name, passes, is good), then who is not judged and who is still open."""
    judged = Counter(row.outcome.band for row in rows if not row.outcome.verdict.is_open)
    verdicts = Counter(row.outcome.verdict for row in rows)
    waiting = sum(count for verdict, count in verdicts.items() if verdict.is_open)
    found = [
        Part(name, judged[name], _band_token(at, passes, good))
        for at, (name, passes, good) in enumerate(bands)
    ]
    if not bands:
        found = [Part("Đủ điều kiện", verdicts[Verdict.QUALIFIED], "ok")]
    return [
        *found,
        Part("Không đủ", verdicts[Verdict.TOO_ABSENT], "bad_l"),
        Part("Chưa xét", waiting, "warn_l"),
    ]


def _band_token(at: int, passes: bool, good: bool) -> str:
    if not passes:
        return "bad"
    return _GOOD[at % len(_GOOD)] if good else "text3"


def facts(rows: "Sequence[ResultRow]") -> list[tuple[str, str]]:
    """Numbers that sealing fixes."""
    verdicts = Counter(row.outcome.verdict for row in rows)
    listed = [
        (len(rows), "học viên"),
        (verdicts[Verdict.QUALIFIED], "đủ điều kiện"),
        (verdicts[Verdict.FAILED], "không đạt"),
        (verdicts[Verdict.TOO_ABSENT], "không đủ dự học"),
    ]
    return [(str(count), words) for count, words in listed]


def hindrance(status: ClassStatus, unmet: Sequence[str]) -> str:
    """Why the results cannot be sealed now; empty when they can."""
    if status.step < ClassStatus.RUNNING.step:
        return f"Chưa chốt được: lớp đang ở bước “{status.label}”."
    if not unmet:
        return ""
    said = ", ".join(text[:1].lower() + text[1:] for text in unmet)
    return f"Chưa chốt được: {said}."
