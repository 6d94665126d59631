"""What is found while a value is read."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


def shown(text: str, longest: int = 60) -> str:
    """A value in quotes for a sentence, cut when it is long."""
    return f"“{text}”" if len(text) <= longest else f"“{text[:longest]}…”"


@dataclass(frozen=True)
class Finding:
    """Something to say about a value: a code for programs, a Vietnamese sentence for people."""

    code: str
    text: str
    is_error: bool = False


@dataclass(frozen=True)
class Reading(Generic[T]):
    """A value as understood, and what was found on the way."""

    value: T
    findings: tuple[Finding, ...] = ()
