"""Any series of acts, undone in turn, gives what was there before; done again, what was after."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from app.database import Database
from app.errors import AppError
from app.services import checks
from tests.journal import acts
from tests.journal.acts import ActOfChance
from tests.journal.undoing import content, copy_of, do_again, head, take_back
from tests.torture.scale import rounds

Plan = list[tuple[ActOfChance, int]]
SEEDS = st.integers(0, 2**32 - 1)
THOROUGH = settings(
    max_examples=rounds(7, 400),
    deadline=None,
    derandomize=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def plans(pool: Sequence[ActOfChance]) -> st.SearchStrategy[Plan]:
    """Some acts, each with the seed of its own chance."""
    return st.lists(st.tuples(st.sampled_from(pool), SEEDS), min_size=1, max_size=10)


def perform(database: Database, plan: Plan) -> list[int]:
    """Do the acts; return the numbers of those that were not refused and changed something."""
    done = []
    for number, (act, seed) in enumerate(plan):
        before = head(database)
        name = f"{number} {act.__name__}"
        try:
            with database.writing(name) as db:
                act(db, 1, Random(seed))
        except (AppError, IndexError, ValueError):
            continue
        if head(database) > before:
            note(f"act {before + 1}: {name}")
            done.append(before + 1)
    return done


@THOROUGH
@given(plan=plans(acts.UNDOABLE))
def test_undone_in_turn_and_done_again_every_state_comes_back(
    small_class: Path, plan: Plan
) -> None:
    with copy_of(small_class) as database:
        states, done = [content(database)], []
        for step in plan:
            if new := perform(database, [step]):
                done += new
                states.append(content(database))
        undoings = []
        for act_id, before in zip(reversed(done), states[-2::-1], strict=True):
            undoings.append(take_back(database, act_id))
            assert content(database) == before
        for undoing, after in zip(reversed(undoings), states[1:], strict=True):
            do_again(database, undoing)
            assert content(database) == after
        with database.reading() as db:
            assert checks.findings(db) == []


@THOROUGH
@given(plan=plans(acts.ALL), order=st.lists(st.integers(0, 99), min_size=1, max_size=6))
def test_any_act_is_either_undone_or_refused_and_the_books_stay_in_order(
    small_class: Path, plan: Plan, order: list[int]
) -> None:
    with copy_of(small_class) as database:
        done = perform(database, plan)
        for place in order if done else ():
            before, act_id = content(database), done[place % len(done)]
            try:
                undoing = take_back(database, act_id)
            except AppError as refusal:
                note(f"undo {act_id}: {refusal}")
                assert content(database) == before
                continue
            note(f"undo {act_id}: done")
            with database.reading() as db:
                assert checks.findings(db) == []
            do_again(database, undoing)
            assert content(database) == before
            if place % 2:
                take_back(database, act_id)
        with database.reading() as db:
            assert checks.findings(db) == []
