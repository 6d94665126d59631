"""Finished papers as JSON and back, so that a closed class prints what it printed then."""

import json
from dataclasses import fields
from typing import Any

from app import terms
from app.errors import StorageError
from app.printing import closing_report, letterhead
from app.terms import Term

FORMAT = 1  # raise it when a field of a finished paper is renamed, and read the old one too

KINDS = {
    kind.__name__: kind
    for kind in (
        closing_report.Annex,
        closing_report.Body,
        closing_report.ClosingReportSheet,
        closing_report.DataTable,
        closing_report.Heading,
        closing_report.RunIn,
        letterhead.Letterhead,
        letterhead.Signer,
    )
}


def freeze(sheet: closing_report.ClosingReportSheet) -> str:
    """Write a finished paper as JSON."""
    written = {"format": FORMAT, "sheet": _plain(sheet)}
    return json.dumps(written, ensure_ascii=False, sort_keys=True)


def thaw(frozen: str) -> closing_report.ClosingReportSheet:
    """Read a paper written by `freeze`."""
    written = json.loads(frozen)
    if written["format"] != FORMAT:
        raise StorageError("Văn bản đã chốt do bản Sổ Lớp mới hơn ghi. Cài bản mới rồi mở lại.")
    sheet = _rich(written["sheet"])
    if not isinstance(sheet, closing_report.ClosingReportSheet):
        raise TypeError(type(sheet).__name__)
    return sheet


def _plain(value: Any) -> Any:
    if isinstance(value, Term):
        return {"term": type(value).__name__, "code": value.value}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if type(value).__name__ in KINDS:
        known = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"kind": type(value).__name__, **known}
    return value


def _rich(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_rich(item) for item in value)
    if not isinstance(value, dict):
        return value
    if "term" in value:
        return getattr(terms, value["term"]).of(value["code"])
    known = {name: _rich(item) for name, item in value.items() if name != "kind"}
    return KINDS[value["kind"]](**known)
