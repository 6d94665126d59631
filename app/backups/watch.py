"""How far a long piece of work is, and whether the user wants it to go on."""

from collections.abc import Callable

from app.errors import Cancelled

Progress = Callable[[int, int], bool]
WHOLE = 100
STOPPED = "Đã dừng theo yêu cầu. Dữ liệu và các bản sao giữ nguyên."


class Watch:
    """Tells `progress` the share done, in percent; raises Cancelled when it answers False."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._start, self._end = 0, WHOLE
        self._share = 0

    def part(self, start: int, end: int) -> "Watch":
        """Count what follows as the part from `start` to `end` percent of the work."""
        self._start, self._end, self._share = start, end, start
        return self

    def tell(self, done: int, total: int) -> None:
        """Tell how much of this part is done."""
        self._share = self._start + (self._end - self._start) * done // max(total, 1)
        if not self.goes_on():
            raise Cancelled(STOPPED)

    def goes_on(self) -> bool:
        """Ask without news, where the work itself cannot say how far it is."""
        return self._progress is None or self._progress(self._share, WHOLE) is not False
