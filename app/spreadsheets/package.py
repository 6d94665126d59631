"""The parts of an .xlsx: found by name as Excel finds them, read as small trees under limits."""

import posixpath
from typing import IO
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile, ZipInfo

from app.spreadsheets.sheets import UnreadableFile

MAX_PART = 8 * 1024 * 1024
MAX_TAGS = 200_000
_ROOT_RELATIONS = "_rels/.rels"
_USUAL_BOOK = "xl/workbook.xml"


def plain_name(name: str) -> str:
    """The name of a part as Excel compares it: no case, "/" between folders, none before."""
    return name.replace("\\", "/").lstrip("/").casefold()


def local(element: Element, name: str) -> str:
    """An attribute by its name without a namespace."""
    found = (value for key, value in element.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def number(element: Element | None, name: str) -> int:
    """An attribute that is a whole number; 0 when it is none."""
    text = local(element, name) if element is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class Package:
    """The parts of an opened archive; a part that is missing raises KeyError."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._entries = {plain_name(entry.filename): entry for entry in archive.infolist()}
        self.book = self._book()
        self.relations = self._relations(self.book)

    def __contains__(self, name: str) -> bool:
        return plain_name(name) in self._entries

    def open(self, name: str) -> IO[bytes]:
        """The bytes of a part."""
        return self._archive.open(self._entry(name))

    def size(self, name: str) -> int:
        """How many bytes a part has."""
        return self._entry(name).file_size

    def tree(self, name: str) -> Element:
        """A part as a tree of elements; one that is absurdly large is refused."""
        with self.open(name) as part:
            data = part.read(MAX_PART + 1)
        if len(data) > MAX_PART or data.count(b"<") > MAX_TAGS:
            raise UnreadableFile(
                "Tệp bung ra quá lớn, không mở. Chép danh sách sang tệp mới.", "too_large"
            )
        return fromstring(data)

    def related(self, kind: str) -> str:
        """The part of the workbook that a kind of relation names; nothing when there is none."""
        found = (target for of, target in self.relations.values() if of == kind and target in self)
        return next(found, "")

    def _entry(self, name: str) -> ZipInfo:
        return self._entries[plain_name(name)]

    def _book(self) -> str:
        """Where the workbook itself is."""
        if _ROOT_RELATIONS in self:
            for kind, target in self._relations("").values():
                if kind == "officeDocument" and target in self:
                    return target
        return _USUAL_BOOK

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and target of every relation of a part by its id."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        found = {}
        for one in self.tree(place) if place in self else ():
            target = posixpath.normpath(posixpath.join("/", folder, local(one, "Target")))
            found[local(one, "Id")] = local(one, "Type").rpartition("/")[2], target
        return found
