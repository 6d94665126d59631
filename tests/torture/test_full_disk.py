"""A disk that is full at every 64 KB step: one sentence, nothing harmed, and life goes on (R3)."""

from pathlib import Path

import pytest

from tests.torture import fill
from tests.torture.child import Child
from tests.torture.fill import Outcome
from tests.torture.scale import report
from tests.torture.stock import Stock


@pytest.mark.parametrize("room", sorted(fill.ROOMS))
@pytest.mark.parametrize("work", sorted(fill.WORKS))
def test_without_room_nothing_is_harmed_and_with_room_it_goes_through(
    full_stock: Stock, tmp_path: Path, work: str, room: str
) -> None:
    with Child(fill.fill, room, work, full_stock, tmp_path) as child:
        (outcome,) = child.finish()
    if not isinstance(outcome, Outcome):
        pytest.skip(outcome)
    assert outcome.faults == []
    assert outcome.refusals
    for said in outcome.refusals:
        assert "đầy" in said or "không đủ" in said or room == "limit"
        assert said.endswith(".")
    report(f"{work} with too little {room}: refused {len(outcome.refusals)} times, then done")
