"""How long reading may take, and how it is stopped."""

from time import monotonic

from app.spreadsheets.sheets import Progress, ReadingCancelled, UnreadableFile

MAX_SECONDS = 25


class Deadline:
    """Told how far reading is; raises when the time is up or the user has had enough."""

    def __init__(
        self, size: int, progress: Progress | None = None, since: float | None = None
    ) -> None:
        self._size = max(size, 1)
        self._progress = progress
        self._end = (monotonic() if since is None else since) + MAX_SECONDS

    def check(self, done: int) -> None:
        """Raise UnreadableFile or ReadingCancelled when reading must stop."""
        if self.is_over:
            text = "Tệp quá lớn, không đọc hết được. Chép danh sách sang tệp mới."
            raise UnreadableFile(text, "too_large")
        if self._progress and not self._progress(min(done, self._size), self._size):
            raise ReadingCancelled

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return monotonic() > self._end
