"""How a page of HTML says that text is struck, hidden or in a font: tags, styles and classes."""

import re
from dataclasses import dataclass

from app.spreadsheets.legacy import first_font
from app.spreadsheets.tags import Token

_STRIKING = {"s", "strike", "del"}
_CLASS = re.compile(r"(?:^|[\s,])[a-z]*\.([\w-]+)(?=\s*(?:,|$))", re.IGNORECASE)
_HIDING = {("display", "none"), ("visibility", "hidden"), ("visibility", "collapse")}
_MOST_CLASSES = 5_000
_LONGEST = 2_000
_MOST_NAMES = 9


@dataclass(frozen=True, slots=True)
class PageLook:
    """The look of a piece of a page; "" is no font of its own."""

    font: str = ""
    is_struck: bool = False
    is_hidden: bool = False


PLAIN_LOOK = PageLook()


class PageLooks:
    """Looks of tags, by what they are, say themselves and are called in style sheets."""

    def __init__(self) -> None:
        self._classes: dict[str, str] = {}

    def take(self, sheet: str) -> None:
        """Remember the classes of a style sheet."""
        for rule in sheet.split("}"):
            names, _, said = rule.partition("{")
            for name in _CLASS.findall(names[-_LONGEST:].strip()):
                if len(self._classes) < _MOST_CLASSES:
                    self._classes[name] = said[:_LONGEST]

    def of(self, tag: Token, around: PageLook = PLAIN_LOOK) -> PageLook:
        """The look of a tag within another one."""
        if not tag.text and tag.tag not in _STRIKING:
            return around
        names = tag.said("class").split()[:_MOST_NAMES]
        said = _declared(
            ";".join([*(self._classes.get(one, "") for one in names), tag.said("style")])
        )
        decoration = said.get("text-decoration-line") or said.get("text-decoration", "")
        is_struck = tag.tag in _STRIKING or "line-through" in decoration
        return PageLook(
            first_font(said.get("font-family", "")) or tag.said("face") or around.font,
            is_struck or (around.is_struck and decoration != "none"),
            around.is_hidden or tag.is_hidden or not _HIDING.isdisjoint(said.items()),
        )


def _declared(rules: str) -> dict[str, str]:
    """What rules say of each property, the last word counting."""
    pairs = (rule.partition(":") for rule in rules.replace("&quot;", "'").split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _, value in pairs}
