"""The life of a class: its steps, what each needs, and its code (RULES R01, §3.6, §6.3)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count

from app.errors import RuleError
from app.numbers import grouped
from app.terms import ClassStatus
from app.text import fold

_ROMAN_OR_NUMBER = re.compile(r"[ivx]+|.*[0-9].*")


@dataclass(frozen=True)
class Condition:
    """One thing that must be so before a step; `detail` tells what to do when it is not."""

    met: bool
    text: str
    detail: str = ""


def allowed_steps(status: ClassStatus) -> tuple[ClassStatus, ...]:
    """One step forward, or one step back as long as the results are not final (R01)."""
    steps = list(ClassStatus)
    ahead = steps[status.step + 1 : status.step + 2]
    back = [steps[status.step - 1]] if 0 < status.step < ClassStatus.FINALISED.step else []
    return (*ahead, *back)


def check_step(status: ClassStatus, wanted: ClassStatus) -> None:
    """Refuse a step that skips one, leaves final results or reopens a closed class (R01)."""
    if wanted in allowed_steps(status):
        return
    if status is ClassStatus.CLOSED:
        raise RuleError("Lớp đã bế giảng, số liệu đã khóa. Muốn đổi thì mở lại ở thẻ Hồ sơ lớp.")
    ahead = allowed_steps(status)[0]
    raise RuleError(
        f"Không chuyển được từ “{status.label}” sang “{wanted.label}”."
        f" Bước tiếp theo là “{ahead.label}”."
    )


def conditions_to_finalise(
    *, learners: int, sessions: int, sessions_marked: int, marks_missing: int
) -> list[Condition]:
    """What must be entered before the results become final (R01, R30)."""
    return [
        _has_learners(learners),
        _all_marked(sessions, sessions_marked),
        Condition(
            marks_missing == 0,
            "Đã đủ điểm" if not marks_missing else f"{marks_missing} học viên thiếu điểm",
            "" if not marks_missing else "Nhập điểm ở thẻ Kết quả.",
        ),
    ]


def conditions_to_close(
    *,
    learners: int,
    is_finalised: bool,
    certificates_due: int,
    certificates_issued: int,
    has_recognition_decision: bool,
    has_report_number: bool,
) -> list[Condition]:
    """What must be done before a class is closed for good (R01, R11, §3.7)."""
    conditions = [
        Condition(
            is_finalised,
            f"Đã chốt kết quả {grouped(learners)} học viên"
            if is_finalised
            else "Chưa chốt kết quả",
            "" if is_finalised else "Chốt ở thẻ Kết quả.",
        )
    ]
    if certificates_due:
        conditions += [
            _done(
                has_recognition_decision,
                ("Đã có quyết định công nhận kết quả", "Chưa có quyết định công nhận kết quả"),
                "Ghi số và ngày ở thẻ Chứng nhận.",
            ),
            Condition(
                certificates_issued >= certificates_due,
                f"{certificates_issued}/{certificates_due} giấy chứng nhận đã cấp",
                "" if certificates_issued >= certificates_due else "Cấp số ở thẻ Chứng nhận.",
            ),
        ]
    report = ("Báo cáo tổng kết đã có số", "Báo cáo tổng kết chưa có số")
    return [*conditions, _done(has_report_number, report, "Ghi số ở thẻ Hồ sơ lớp.")]


def check_conditions(conditions: Collection[Condition], refusal: str) -> None:
    """Refuse when a condition is not met: "Chưa chốt được: 3 học viên thiếu điểm. …"."""
    open_ones = [condition for condition in conditions if not condition.met]
    if open_ones:
        what = "; ".join(c.text[0].lower() + c.text[1:] for c in open_ones)
        raise RuleError(f"{refusal}: {what}. {' '.join(c.detail for c in open_ones)}")


def class_code(programme_code: str, intake: str, year: int) -> str:
    """A short code for a class: NTVD, "khóa II", 2026 → "NTVD-KII-2026"."""
    words = re.findall(r"[a-z0-9]+", fold(intake))
    short = "".join(w.upper() if _ROMAN_OR_NUMBER.fullmatch(w) else w[0].upper() for w in words)
    return "-".join(part for part in (programme_code, short, str(year)) if part)


def free_code(stem: str, taken: Collection[str]) -> str:
    """The stem, or the stem with the first free number behind it."""
    if stem not in taken:
        return stem
    return next(code for number in count(2) if (code := f"{stem}-{number}") not in taken)


def _has_learners(learners: int) -> Condition:
    """A class without learners has no results."""
    if learners:
        return Condition(True, f"{grouped(learners)} học viên")
    return Condition(False, "Lớp chưa có học viên", "Thêm ở thẻ Học viên.")


def _all_marked(sessions: int, marked: int) -> Condition:
    """Every class session has its attendance."""
    if not sessions:
        return Condition(False, "Lớp chưa có lịch học", "Lập ở thẻ Lịch học.")
    text = f"{marked}/{sessions} buổi đã điểm danh"
    return Condition(
        marked >= sessions, text, "" if marked >= sessions else "Nhập ở thẻ Điểm danh."
    )


def _done(done: bool, texts: tuple[str, str], detail: str) -> Condition:
    """A thing that is there or not."""
    return Condition(done, texts[0] if done else texts[1], "" if done else detail)
