"""Personal data: how numbers are masked, and what a user without the right to them sees."""

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.orm import Session

from app.services import guard
from app.terms import Permission

if TYPE_CHECKING:
    # Both import this module.
    from app.services.enrolment import RollRow
    from app.services.students import StudentForm

PersonT = TypeVar("PersonT", "StudentForm", "RollRow")


def mask(number: str) -> str:
    """Hide the middle of an identity or phone number: "0191•••••412"."""
    kept = 4 if len(number) > 9 else 2  # a CMND of nine digits hides as many as a CCCD shows
    if len(number) < 8:
        return number
    return number[:kept] + "•" * (len(number) - kept - 3) + number[-3:]


def for_user(db: Session, person: PersonT) -> PersonT:
    """Hide numbers, ethnic group and religion from whoever may not see them."""
    if guard.user_of(db).may(Permission.SHOW_PERSONAL):
        return person
    return replace(
        person,
        identity_number=mask(person.identity_number),
        phone=mask(person.phone),
        ethnicity="",
        religion="",
    )
