"""The list of copies: what each row shows, and the sentences above it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app import dates, numbers
from app.ui.chips import ChipLook
from app.ui.columns import RIGHT, Column, number_column
from app.ui.settings.drives import size_words

if TYPE_CHECKING:
    # The room of copies imports SQLAlchemy, which takes longer than the window to paint.
    from app.backups import Copy, Restored
    from app.services.since_copy import DoneSince

_WARN_DAYS, _BAD_DAYS = 2, 7


@dataclass(frozen=True)
class Said:
    """A line with its weight: ok, info, warn, bad."""

    kind: str
    what: str
    advice: str = ""


def moment(at: datetime) -> str:
    """A time as the list shows it: "13/10/2026 16:58"."""
    local = at.astimezone()
    return f"{dates.grid(local.date())} {local:%H:%M}"


def columns(tried: Mapping[Path, str], here: Path) -> list[Column["Copy"]]:
    """Time, kind, place, counts, size, and whether it was read through since it was made.

    `here` is the folder of copies on this machine.
    """
    return [
        Column(
            "Lúc",
            lambda copy: moment(copy.made_at),
            lambda copy: (copy.made_at, copy.sequence),
            width=128,
            strong=lambda copy: True,
        ),
        Column("Loại", lambda copy: copy.kind.label, width=160),
        Column(
            "Nơi",
            lambda copy: "Máy này" if copy.path.parent == here else str(copy.path.parent),
            stretch=True,
            tooltip=lambda copy: str(copy.path),
        ),
        number_column("Lớp", lambda copy: _count(copy, copy.classes), width=44),
        number_column("Học viên", lambda copy: _count(copy, copy.learners), width=70),
        number_column("Giấy", lambda copy: _count(copy, copy.certificates), width=48),
        Column(
            "Dung lượng",
            lambda copy: size_words(copy.size),
            lambda copy: copy.size,
            align=RIGHT,
            width=92,
        ),
        Column(
            "Kiểm tra",
            lambda _copy: "",
            lambda copy: state(copy, tried).text,
            chip=lambda copy: state(copy, tried),
            tooltip=lambda copy: copy.problem or tried.get(copy.path) or _told(copy),
            width=188,
        ),
    ]


def _count(copy: "Copy", value: int) -> int | None:
    """A copy without its description has no known counts."""
    return value if copy.sha256 else None


def state(copy: "Copy", tried: Mapping[Path, str]) -> ChipLook:
    """Whether the copy can be relied on; `tried` holds what reading it through found."""
    if not copy.sha256:
        return ChipLook("Chưa thử", "neutral")
    if copy.problem or tried.get(copy.path):
        return ChipLook("Hỏng, không dùng được", "bad", "circle-alert")
    if copy.path in tried:
        return ChipLook("Đã thử mở, khớp", "ok", "circle-check")
    return ChipLook("Khớp lúc sao lưu", "neutral", "check")


def _told(copy: "Copy") -> str:
    return (
        f"Đọc lại và khớp ngay sau khi chép, lúc {moment(copy.made_at)}. "
        "Bấm Kiểm tra bản sao để đọc lại hết lần nữa."
    )


def now() -> datetime:
    """This moment; a fixed one in pictures."""
    return datetime.now().astimezone()


def age_words(days: int) -> str:
    """How long ago."""
    return {0: "hôm nay", 1: "hôm qua"}.get(days, f"{days} ngày trước")


def staleness(days: int) -> str:
    """The colour of a copy that is too old: "warn" or "bad"; empty for one that is not."""
    return "bad" if days >= _BAD_DAYS else "warn" if days >= _WARN_DAYS else ""


def news(newest: "Copy | None", since: "DoneSince | None", at: datetime) -> Said:
    """How old the newest copy is, and what was done since."""
    if newest is None:
        return Said("warn", "Chưa có bản sao nào.", "Hỏng máy lúc này là mất hết dữ liệu.")
    days = newest.age_days(at)
    made_at = newest.made_at.astimezone()
    what = f"Bản sao gần nhất {age_words(days)}, lúc {made_at:%H:%M}."
    if since is not None and not since.count:
        return Said("ok", what, "Từ đó chưa có thay đổi nào.")
    return Said(staleness(days) or "info", what, _changes(since))


def _changes(since: "DoneSince | None") -> str:
    """How many changes, and the newest of them by name."""
    if since is None:
        return "Bản đó theo nhật ký khác với dữ liệu đang dùng."
    names = list(dict.fromkeys(act.name for act in since.newest))
    return f"Từ đó có {numbers.grouped(since.count)} thay đổi, mới nhất: {'; '.join(names[:2])}."


def restored_words(restored: "Restored") -> str:
    """What is told when the file is open again."""
    words = f"Đã phục hồi bản sao lúc {moment(restored.copy.made_at)}."
    if restored.replaced is None:
        return words
    return f"{words} Dữ liệu trước đó giữ ở {restored.replaced.name}."
