"""What a disk may hold after the power went: a model that promises only what was synced.

Between two syncs each 512-byte sector of a file may be written or not, in any order, or torn; a
file may have grown without its content; names come and go only when the folder is synced.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

SECTOR = 512
TORN = 0.05
Event = tuple[str, str, int, bytes]  # kind, name, offset, data


def digest(content: bytes) -> str:
    """Name a content."""
    return hashlib.sha256(content).hexdigest()


@dataclass
class Inode:
    """One file: what is surely on the disk, what may be, and what programs see."""

    durable: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # None: truncated there
    seen: bytearray = field(default_factory=bytearray)

    def write(self, offset: int, data: bytes) -> None:
        """A program writes."""
        self.pending.append((offset, data))
        put(self.seen, offset, data, b"\0")

    def truncate(self, size: int) -> None:
        """A program cuts the file."""
        self.pending.append((size, None))
        resize(self.seen, size, b"\0")

    def sync(self) -> None:
        """All that was written is on the disk."""
        self.durable, self.pending = bytes(self.seen), []

    def after_the_power_went(self, chance: Random) -> bytes:
        """One of the contents the disk may show."""
        kept = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        pieces = [piece for piece in _sectors(self.pending) if chance.random() < kept]
        if chance.random() < 0.5:
            chance.shuffle(pieces)
        filler = chance.choice((b"\0", chance.randbytes(1)))
        content = bytearray(self.durable)
        if chance.random() < 0.5:
            resize(content, len(self.seen), filler)
        for offset, data in pieces:
            if data is None:
                resize(content, offset, filler)
            else:
                put(content, *_torn(offset, data, chance), filler)
        return bytes(content)


def put(content: bytearray, offset: int, data: bytes, filler: bytes) -> None:
    """Write into a file that grows when it must."""
    if len(content) < offset:
        resize(content, offset, filler)
    content[offset : offset + len(data)] = data


def resize(content: bytearray, size: int, filler: bytes) -> None:
    """Cut the file, or let it grow."""
    del content[size:]
    content.extend(filler * (size - len(content)))


def _sectors(pending: Iterable[tuple[int, bytes | None]]) -> Iterable[tuple[int, bytes | None]]:
    for offset, data in pending:
        if data is None:
            yield offset, None
            continue
        start = 0
        while start < len(data):
            end = start + SECTOR - (offset + start) % SECTOR
            yield offset + start, data[start:end]
            start = end


def _torn(offset: int, data: bytes, chance: Random) -> tuple[int, bytes]:
    """Now and then only the beginning or the end of a sector."""
    if chance.random() >= TORN:
        return offset, data
    cut = chance.randrange(len(data) + 1)
    return chance.choice(((offset, data[:cut]), (offset + cut, data[cut:])))


@dataclass
class Disk:
    """The folder of the database."""

    names: dict[str, Inode]
    renamed: list[tuple[str, Inode | None]] = field(default_factory=list)  # since the last sync
    fresh: set[int] = field(default_factory=set)  # files whose first sync syncs the folder
    told: bytes = b""  # the database after the last act the program was told is kept
    states: list[str] = field(default_factory=list)  # digests of the database after each of these

    @classmethod
    def holding(cls, database: str, content: bytes) -> "Disk":
        """A disk with nothing but a database that is down on it."""
        inode = Inode(content, [], bytearray(content))
        return cls({database: inode}, told=content, states=[digest(content)])

    def happen(self, event: Event, database: str) -> None:
        """Let one thing happen."""
        kind, name, offset, data = event
        if kind == "ack":
            self.told = bytes(self.seen()[database].seen)
            self.states.append(digest(self.told))
        elif kind == "open":
            self._open(name)
        elif kind == "unlink":
            self.renamed.append((name, None))
            if offset:
                self._sync_folder()
        else:
            self._change(kind, self.seen()[name], offset, data)

    def seen(self) -> dict[str, Inode]:
        """The files as programs see them."""
        return _named(self.names, self.renamed)

    def _open(self, name: str) -> None:
        if name not in self.seen():
            created = Inode()
            self.renamed.append((name, created))
            self.fresh.add(id(created))

    def _change(self, kind: str, inode: Inode, offset: int, data: bytes) -> None:
        if kind == "write":
            inode.write(offset, data)
        elif kind == "truncate":
            inode.truncate(offset)
        else:
            inode.sync()
            if id(inode) in self.fresh:
                self.fresh.discard(id(inode))
                self._sync_folder()

    def _sync_folder(self) -> None:
        self.names, self.renamed = self.seen(), []

    def after_the_power_went(self, chance: Random) -> dict[str, bytes]:
        """One of the states the folder may be in."""
        done = self.renamed[: chance.randrange(len(self.renamed) + 1)]
        found = _named(self.names, done)
        return {name: inode.after_the_power_went(chance) for name, inode in found.items()}


def _named(
    names: dict[str, Inode], changes: Iterable[tuple[str, Inode | None]]
) -> dict[str, Inode]:
    found = dict(names)
    for name, inode in changes:
        if inode is None:
            found.pop(name, None)
        else:
            found[name] = inode
    return found
