"""Children that misbehave in the place of the one that reads .xls and .ods."""

import os
import time
from multiprocessing.connection import Connection

from app.spreadsheets.calamine_child import Limits


def abort(connection: Connection, _limits: Limits) -> None:
    """What a library does that cannot go on."""
    connection.recv_bytes()
    os.abort()


def hang(connection: Connection, _limits: Limits) -> None:
    """What a library does that never ends."""
    connection.recv_bytes()
    time.sleep(60)


def refuse_to_listen(_connection: Connection, _limits: Limits) -> None:
    """A child that is gone before it was told anything."""
    os._exit(3)
