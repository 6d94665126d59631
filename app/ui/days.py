"""The day it is at the desk."""

from datetime import date, datetime


def today() -> date:
    """The local day; tests replace it."""
    return datetime.now().astimezone().date()
