"""How many second records are found, how many of the pairs shown are right, and how fast.

    python -m bench.duplicates [people] [seed] [many]

Of `people` invented persons a third is written a second time in one of fourteen odd ways, each
with other facts about life (number left out or old, unit or phone changed), and a seventh gets a
stranger who only looks alike. A pair counts as found when the clerk is asked about it. Then the
finder runs over `many` people without second records, for its time alone.
"""

import itertools
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.rules import blocking, likeness
from app.rules.likeness import Likely, Person
from app.services import candidates
from bench.invented import people as invented

Pair = tuple[int, int]


@dataclass
class Score:
    """What a run found."""

    records: int
    wanted: dict[Pair, str]  # pairs that are one person, with how the second was written
    shown: set[Pair]
    strangers: dict[Pair, str]
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """The share of the second records that is found."""
        return len(self.shown & self.wanted.keys()) / len(self.wanted)

    @property
    def precision(self) -> float:
        """The share of the pairs shown that is one person."""
        return len(self.shown & self.wanted.keys()) / len(self.shown)


def main() -> None:
    """Run and print."""
    numbers = [int(one) for one in sys.argv[1:]]
    count, seed, many = (*numbers, *(2000, 1, 100_000)[len(numbers) :])
    print(f"{count} people")
    for run in range(seed, seed + 5):
        told(score(count, run))
    rng = random.Random(seed)
    register = [candidates.of_form(one) for one in invented.people(many, rng)]
    start = time.perf_counter()
    shown = sum(1 for _ in alike(register))
    print(f"{many} people: {shown} pairs in {time.perf_counter() - start:.1f} s")


def told(one: Score) -> None:
    """Print one run."""
    wrong = Counter(one.strangers.get(pair, "by chance") for pair in one.shown - one.wanted.keys())
    print(
        f"  {one.records} records, {len(one.wanted)} second ones: recall {one.recall:.3f}, "
        f"precision {one.precision:.3f}; missed {dict(one.missed)}, wrong {dict(wrong)}"
    )


def score(count: int, seed: int) -> Score:
    """Make a register of people, second records and strangers, and search it."""
    rng = random.Random(seed)
    records = invented.people(count, rng)
    wanted: dict[Pair, str] = {}
    strangers: dict[Pair, str] = {}
    chosen = rng.sample(range(count), count // 3 + count // 7)
    for place in chosen[: count // 3]:
        kind, other = invented.again(records[place], rng)
        wanted[place, len(records)] = kind
        records.append(other)
    for place in chosen[count // 3 :]:
        kind, other = invented.stranger(records[place], rng)
        strangers[place, len(records)] = kind
        records.append(other)
    shown = set(alike([candidates.of_form(one) for one in records]))
    missed = Counter(kind for pair, kind in wanted.items() if pair not in shown)
    return Score(len(records), wanted, shown, strangers, missed)


def alike(register: Sequence[Person]) -> Iterator[Pair]:
    """The pairs a clerk is asked about, each once."""
    pairs = itertools.chain.from_iterable(blocking.pairs(register, kind) for kind in blocking.KINDS)
    for one, other in {(min(pair), max(pair)) for pair in pairs}:
        if likeness.compare(register[one], register[other]).verdict is not Likely.DIFFERENT:
            yield one, other


if __name__ == "__main__":
    main()
