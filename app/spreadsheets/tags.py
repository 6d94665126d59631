"""Tags and texts of a page of HTML, however badly it is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)([^<>]*)>")
_LONGEST = 5_000
"""Letters of a tag that are looked at: some patterns take the square of them."""

_SILENT = {"script", "style", "title"}
_END_OF_SILENT = re.compile(r"</(?:script|style|title)", re.IGNORECASE)
_VALUE = r"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_ATTRIBUTES = {
    name: re.compile(rf"(?<![\w:-]){name}{_VALUE}", re.IGNORECASE)
    for name in ("style", "class", "face", "rowspan", "colspan", "span")
}
_QUOTED = re.compile(r"""\"[^"]*"|'[^']*'""")
_HIDDEN = re.compile(r"(?:^|\s)hidden(?=[\s=/]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A tag with its attributes, or a text; of a style sheet both."""

    tag: str = ""
    text: str = ""
    is_end: bool = False

    def said(self, name: str) -> str:
        """An attribute of a tag."""
        found = _ATTRIBUTES[name].search(self.text)
        return next(filter(None, found.groups()), "") if found else ""

    def number(self, name: str, most: int) -> int:
        """How many rows or columns a tag is for."""
        text = self.said(name)
        return min(max(int(text[:4]), 1), most) if text.isascii() and text.isdigit() else 1

    @property
    def is_hidden(self) -> bool:
        """Whether a tag says that it is not shown."""
        return "hidden" in self.text.lower() and bool(_HIDDEN.search(_QUOTED.sub("", self.text)))


def tokens(text: str) -> Iterator[Token]:
    """Tags and the text between them; every letter is looked at once, whatever is left open.

    Python's own html.parser takes hours for a few megabytes of "<!--".
    """
    place = 0
    while (start := text.find("<", place)) >= 0:
        if start > place:
            yield Token(text=text[place:start])
        if text.startswith(("<!", "<?"), start):
            close = "-->" if text.startswith("<!--", start) else ">"
            place = text.find(close, start) + len(close)
            if place < len(close):
                return
            continue
        tag = _TAG.match(text, start)
        if tag is None:
            yield Token(text="<")
            place = start + 1
            continue
        name, place = tag[2].lower(), tag.end()
        yield Token(name, is_end=bool(tag[1]), text=tag[3][:_LONGEST])
        if name in _SILENT and not tag[1]:
            end = _END_OF_SILENT.search(text, place)
            if end is None:
                return
            if name == "style":
                yield Token("style", text[place : end.start()], is_end=True)
            place = end.start()
    yield Token(text=text[place:])
