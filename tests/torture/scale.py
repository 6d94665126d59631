"""How much is tried: a short round in every test run, a long one in `make torture`."""

import os

IS_LONG = os.environ.get("SOLOP_TORTURE") == "1"


def rounds(short: int, long: int) -> int:
    """How many rounds this run makes."""
    return long if IS_LONG else short


def report(figures: str) -> None:
    """Print what was measured; `make torture` shows it."""
    print(figures)  # noqa: T201 - captured by pytest
