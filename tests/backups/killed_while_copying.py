"""Makes and restores copies in forks of itself that it kills at random; a test runs it.

Writes how each fork ended.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from app import backups
from app.backups import BackupKind


def work(centre: Path, copy: Path) -> None:
    """Use copies as fast as it goes."""
    while True:
        backups.make(centre, BackupKind.AUTOMATIC)
        backups.restore(copy, centre)


def killed(centre: Path, copy: Path) -> int:
    """Work in a fork for a random time, then kill it; return how it ended."""
    child = os.fork()
    if not child:
        try:
            work(centre, copy)
        finally:
            os._exit(1)
    time.sleep(random.uniform(0.001, 0.12))
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    for _ in range(int(sys.argv[3])):
        sys.stdout.write(f"{killed(Path(sys.argv[1]), Path(sys.argv[2]))}\n")
