"""Identity and phone numbers as screens show them."""


def masked(number: str) -> str:
    """A number with its middle hidden: "0191•••••412"."""
    from app.services import personal  # brings SQLAlchemy: only once something is shown

    return personal.mask(number)
