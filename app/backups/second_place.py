"""The copy of a copy: on a USB disk or in a network folder."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.backups import manifest
from app.backups.making import copies_in, put_in_place, remove
from app.backups.manifest import Copy
from app.backups.storage import bad_copy, copy_bytes, hash_of, partial_name, plain_sentences, sweep
from app.backups.thinning import thin
from app.backups.watch import Progress, Watch
from app.errors import StorageError


def to_second_place(
    copy: Copy,
    place: Path,
    progress: Progress | None = None,
    *,
    now: datetime | None = None,
) -> Copy:
    """Copy a copy to `place`, read it back and compare; then thin that place too.

    Only copies that came from the same file on the same machine are thinned there.
    """
    if not place.is_dir():
        raise StorageError(
            f"Không thấy nơi sao lưu thứ hai {place}. Cắm USB hoặc nối mạng rồi thử lại; "
            "bản sao trên máy vẫn có."
        )
    if (there := _already(copy, place)) is not None:
        return there
    second = _write(copy, _free(place / copy.path.name), Watch(progress))
    own = [each for _, each in copies_in(place) if each.origin == copy.origin]
    remove(thin(own, now or datetime.now().astimezone()))
    return second


def _already(copy: Copy, place: Path) -> Copy | None:
    """Return the copy of that name in the place when it is this very one."""
    there = manifest.listed(place / copy.path.name, copy.kind, copy.made_at)
    return there if not there.problem and there.sha256 == copy.sha256 else None


def _free(target: Path) -> Path:
    """Return the name, or the next one that no file of another machine has."""
    tries = [target]
    while tries[-1].exists():
        tries.append(target.with_name(f"{target.stem}-{len(tries) + 1}{target.suffix}"))
    return tries[-1]


def _write(copy: Copy, target: Path, watch: Watch) -> Copy:
    partial = partial_name(target)
    with plain_sentences(copy.path, target, bad_copy(copy.path)):
        try:
            sweep(target.parent)
            written = copy_bytes(copy.path, partial, watch.part(0, 70))
            if not written == hash_of(partial, watch.part(70, 100)) == copy.sha256:
                raise bad_copy(copy.path)
            second = replace(copy, path=target)
            put_in_place(partial, second)
        finally:
            partial.unlink(missing_ok=True)
    return second
