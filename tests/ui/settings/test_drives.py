"""USB disks are found among all that is mounted, and their room said in words."""

from pathlib import Path

import pytest

from app import opening
from app.ui.settings import drives
from app.ui.settings.drives import Drive


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0,0 MB"),
        (18_400_000, "18,4 MB"),
        (1_530_000_000, "1,5 GB"),
        (11_000_000_000, "11 GB"),
        (1_200_000_000_000, "1.200 GB"),
    ],
)
def test_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert drives.size_words(size) == words


def test_a_disk_without_a_name_is_called_by_its_place() -> None:
    assert Drive("", Path("usb"), 18_400_000).words == "usb còn trống 18,4 MB"
    assert Drive("KINGSTON", Path("usb"), 18_400_000).words == "KINGSTON còn trống 18,4 MB"


def test_only_removable_disks_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "is_removable", lambda _root: False)
    assert drives.removable_drives() == []
    monkeypatch.setattr(opening, "is_removable", lambda _root: True)
    assert all(each.root.is_dir() for each in drives.removable_drives())
