"""The answer of a rule: allowed or not, and why not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """Whether an act is allowed; the Vietnamese reason is empty when it is."""

    allowed: bool
    reason: str = ""


def refuse_if(reasons: list[str]) -> Answer:
    """Allowed when nothing speaks against it, else all reasons in one line."""
    return Answer(not reasons, "; ".join(reasons))
