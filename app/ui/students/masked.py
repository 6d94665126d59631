"""Identity and phone numbers as screens show them."""

import re

_NUMBER = re.compile(r"\d{8,}")


def masked_in(text: str) -> str:
    """A sentence with the middle of every long number hidden."""
    return _NUMBER.sub(lambda found: masked(found[0]), text)


def masked(number: str) -> str:
    """A number with its middle hidden: "0191•••••412"."""
    from app.services import personal  # brings SQLAlchemy: only once something is shown

    return personal.mask(number)
