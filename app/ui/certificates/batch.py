"""All sheets of a class as they are or would be printed, and their PDF; made off the GUI thread."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.errors import RuleError
from app.ui.tasks import Task

if TYPE_CHECKING:
    # SQLAlchemy and reportlab take longer to import than the window to paint.
    from app.database import Database
    from app.printing.certificate import CertificateSheet


@dataclass(frozen=True)
class Batch:
    """Sheets by enrolment in the order of the list, their PDF page by page, and what is wrong."""

    sheets: "dict[int, CertificateSheet]" = field(default_factory=dict)
    pdf: bytes = b""
    problems: tuple[str, ...] = ()
    refusal: str = ""
    """Why nothing can be shown for those who wait, such as a missing decision."""

    def page(self, enrolment_id: int) -> int:
        """The page of a learner; -1 without one."""
        return list(self.sheets).index(enrolment_id) if enrolment_id in self.sheets else -1

    def at(self, page: int) -> int | None:
        """The learner of a page."""
        return list(self.sheets)[page] if 0 <= page < len(self.sheets) else None


@dataclass(frozen=True)
class Plan:
    """What issuing on a day would take: numbers from first to last, or why it cannot be."""

    first: str = ""
    last: str = ""
    first_in_register: str = ""
    last_in_register: str = ""
    count: int = 0
    problems: tuple[str, ...] = ()


def make(
    database: "Database",
    class_id: int,
    waiting: Collection[int],
    issued_on: datetime.date,
    task: Task,
) -> Batch:
    """Issued sheets as they are frozen, and drafts of those who wait and are ticked."""
    from app.printing import certificate
    from app.services import certificates

    sheets, refusal = _sheets(database, class_id, waiting, issued_on)
    if not sheets:
        return Batch(refusal=refusal)
    layout = certificate.load_layout(certificates.LAYOUT)
    found = certificate.preflight(list(sheets.values()), layout)
    problems = tuple(f"{one.full_name}: {one.text}" for one in found)
    wrong = {list(sheets)[one.index] for one in found}
    good = {key: sheet for key, sheet in sheets.items() if key not in wrong}
    pdf = certificate.render(list(good.values()), layout, task.progress) if good else b""
    return Batch(good, pdf, problems, refusal)


def plan(
    database: "Database",
    class_id: int,
    waiting: Collection[int],
    issued_on: datetime.date,
    signatory_id: int | None,
) -> Plan:
    """Numbers and preflight of an issue; raises AppError where it would be refused."""
    from app.printing import certificate
    from app.services import certificates

    with database.reading() as db:
        drafts = certificates.drafts(db, class_id, waiting, issued_on, signatory_id)
    layout = certificate.load_layout(certificates.LAYOUT)
    found = certificate.preflight([draft.sheet for draft in drafts], layout)
    return Plan(
        drafts[0].number,
        drafts[-1].number,
        drafts[0].register_number,
        drafts[-1].register_number,
        len(drafts),
        tuple(f"{one.full_name}: {one.text}" for one in found),
    )


def signers(database: "Database", on: datetime.date) -> list[tuple[int, str]]:
    """Who may sign on a day, the head first: key and words of a choice."""
    from app.services import centre

    with database.reading() as db:
        rows = centre.signers(db, on)
    return [
        (row.id, f"{row.name} – {' '.join(filter(None, (row.authority, row.title)))}")
        for row in rows
    ]


def _sheets(
    database: "Database", class_id: int, waiting: Collection[int], issued_on: datetime.date
) -> "tuple[dict[int, CertificateSheet], str]":
    """Sheets by enrolment in the order of the list, and why drafts are missing."""
    from app.services import certificates

    refusal = ""
    with database.reading() as db:
        rows = certificates.certificate_list(db, class_id)
        ids = {
            row.enrolment_id: row.certificate_id
            for row in rows
            if row.certificate_id and not row.is_old
        }
        known = dict(zip(ids, certificates.sheets(db, list(ids.values())), strict=True))
        try:
            drafts = certificates.drafts(db, class_id, waiting, issued_on) if waiting else []
            known |= {draft.enrolment_id: draft.sheet for draft in drafts}
        except RuleError as error:
            refusal = str(error)
    order = [row.enrolment_id for row in rows if row.enrolment_id in known]
    return {key: known[key] for key in order}, refusal
