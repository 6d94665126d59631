"""How a page of HTML says that text is struck, hidden or in a font: tags, styles and classes."""

import re
from dataclasses import dataclass

from app.spreadsheets.tags import Token

_STRIKING = {"s", "strike", "del"}
_CLASS = re.compile(r"(?:^|[\s,])[a-z]*\.([\w-]+)(?=\s*(?:,|$))", re.IGNORECASE)
_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_UNSTRUCK = re.compile(r"text-decoration[a-z-]*\s*:\s*none", re.IGNORECASE)
_FONT = re.compile(r"font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)
_MOST_CLASSES = 5_000
_LONGEST = 2_000


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
        rules = [self._classes.get(name, "") for name in tag.said("class").split()[:9]]
        rules.append(tag.said("style").replace("&quot;", "'"))
        said = ";".join(filter(None, rules))
        font = _FONT.findall(said)
        is_struck = tag.tag in _STRIKING or bool(_STRUCK.search(said))
        return PageLook(
            font[-1].strip() if font else tag.said("face") or around.font,
            is_struck or (around.is_struck and not _UNSTRUCK.search(said)),
            around.is_hidden or tag.is_hidden or bool(_NONE.search(said)),
        )
