"""The centre's identity and signatories: what papers of a given day print."""

import datetime
from dataclasses import asdict, dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import dates, text
from app.errors import InputError, RuleError
from app.models import Centre, Certificate, Signatory
from app.rules import numbering
from app.services import guard
from app.terms import DocumentFamily, Permission

DEFAULT_RECIPIENTS = (
    "Thường trực Đảng ủy (để báo cáo)\nBan Xây dựng Đảng\nCác chi bộ, đảng bộ cử học viên"
)


@dataclass(frozen=True)
class CentreForm:
    """What the clerk fills in about the centre; texts as typed."""

    name: str
    parent_line: str
    centre_line: str
    place_name: str
    short_code: str
    document_family: DocumentFamily
    valid_from: datetime.date
    communes_served: str = ""
    phone: str = ""
    part_time_word: str = "kiêm chức"
    salutation: str = "Đồng chí"
    report_recipients: str = DEFAULT_RECIPIENTS
    certificate_pattern: str = "{seq:03d}-GCN/{code}"
    register_pattern: str = "{seq:03d}/{yyyy}"
    numbers_used: int = 0
    numbers_used_year: int = 0


@dataclass(frozen=True)
class SignatoryForm:
    """One who signs, from a day on; `authority` is "K/T GIÁM ĐỐC" for a deputy."""

    name: str
    title: str
    valid_from: datetime.date
    authority: str = ""
    authorisation: str = ""
    valid_to: datetime.date | None = None


@dataclass(frozen=True)
class SignatoryRow(SignatoryForm):
    """A stored signatory."""

    id: int = 0


def is_set_up(db: Session) -> bool:
    """Tell whether the first-run wizard has been through: old registers give a name alone."""
    return db.scalar(select(Centre.id).where(Centre.parent_line != "").limit(1)) is not None


def identity(db: Session, on: datetime.date) -> CentreForm:
    """Return the identity that papers of that day print (the earliest one for older days)."""
    rows = db.scalars(select(Centre).order_by(Centre.valid_from)).all()
    if not rows:
        raise RuleError("Chưa có thông tin trung tâm. Ghi ở Cài đặt, mục Trung tâm.")
    return _form(next((row for row in reversed(rows) if row.valid_from <= on), rows[0]))


def draft(db: Session, today: datetime.date) -> CentreForm:
    """Return what the settings screen edits: the newest identity, or the usual words."""
    return latest(db) if db.scalar(select(Centre.id).limit(1)) else usual(today)


def usual(today: datetime.date) -> CentreForm:
    """Return what most centres print; the names are still to be filled in."""
    return CentreForm(
        name="",
        parent_line="",
        centre_line="TRUNG TÂM CHÍNH TRỊ",
        place_name="",
        short_code="TTCT",
        document_family=DocumentFamily.PARTY,
        valid_from=today.replace(month=1, day=1),
    )


def latest(db: Session) -> CentreForm:
    """Return the newest identity."""
    row = db.scalars(select(Centre).order_by(Centre.valid_from.desc()).limit(1)).first()
    if row is None:
        raise RuleError("Chưa có thông tin trung tâm. Ghi ở Cài đặt, mục Trung tâm.")
    return _form(row)


def identities(db: Session) -> list[CentreForm]:
    """Return every identity the centre has had, newest first."""
    return [_form(row) for row in db.scalars(select(Centre).order_by(Centre.valid_from.desc()))]


def save(db: Session, form: CentreForm) -> int:
    """Store the identity valid from its day; a later day adds a version and keeps the old."""
    guard.permit(db, Permission.EDIT_CENTRE)
    form = _checked(form)
    newest = db.scalar(select(func.max(Centre.valid_from)))
    if newest and form.valid_from < newest:
        raise InputError(
            f"Tên đang dùng có từ {dates.grid(newest)}. Ghi ngày đó hoặc ngày sau đó.",
            "valid_from",
        )
    _check_numbers_used(db, form)
    row = db.scalar(select(Centre).where(Centre.valid_from == form.valid_from))
    if row is None:
        row = Centre(**asdict(form))
        db.add(row)
    for name, value in asdict(form).items():
        setattr(row, name, value)
    db.flush()
    return row.id


def signatories(db: Session) -> list[SignatoryRow]:
    """Return every signatory, newest first."""
    query = select(Signatory).order_by(Signatory.valid_from.desc(), Signatory.id)
    return [_signatory_row(row) for row in db.scalars(query)]


def signers(db: Session, on: datetime.date) -> list[SignatoryRow]:
    """Return who may sign on that day, the head before the deputies (RULES R12)."""
    rows = [row for row in signatories(db) if _signs(row, on)]
    return sorted(rows, key=lambda row: bool(row.authority))


def signatory(db: Session, on: datetime.date, signatory_id: int | None = None) -> SignatoryRow:
    """Return who signs on that day: the one chosen, else the head before a deputy."""
    for row in signers(db, on):
        if signatory_id in (None, row.id):
            return row
    raise RuleError("Chưa có người ký cho ngày này. Thêm ở Cài đặt, mục Người ký.")


def save_signatory(db: Session, form: SignatoryForm, signatory_id: int | None = None) -> int:
    """Add or change a signatory; certificates already issued keep the name they carry."""
    guard.permit(db, Permission.EDIT_CENTRE)
    name = guard.required(form.name, "họ và tên người ký", "name")
    title = guard.required(form.title, "chức danh người ký", "title")
    if form.valid_to and form.valid_to < form.valid_from:
        raise InputError("Ngày thôi ký trước ngày bắt đầu. Sửa lại một trong hai.", "valid_to")
    form = replace(form, name=name, title=title.upper(), authority=text.clean(form.authority))
    row = guard.existing(db, Signatory, signatory_id, "người ký") if signatory_id else Signatory()
    for field in SignatoryForm.__dataclass_fields__:
        setattr(row, field, getattr(form, field))
    db.add(row)
    db.flush()
    return row.id


def _signs(row: SignatoryRow, on: datetime.date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def _form(row: Centre) -> CentreForm:
    return CentreForm(**{name: getattr(row, name) for name in CentreForm.__dataclass_fields__})


def _signatory_row(row: Signatory) -> SignatoryRow:
    return SignatoryRow(**{name: getattr(row, name) for name in SignatoryRow.__dataclass_fields__})


def _check_numbers_used(db: Session, form: CentreForm) -> None:
    """The register goes on from the paper one without a gap, also when that is stated later."""
    of_year = Certificate.register_year == form.numbers_used_year
    first = db.scalar(select(func.min(Certificate.register_sequence)).where(of_year))
    if first and form.numbers_used < first - 1:
        raise InputError(
            f"Năm {form.numbers_used_year} chương trình đã cấp từ số {first}, nên số đã dùng trên "
            f"sổ giấy là {first - 1}. Ghi {first - 1}.",
            "numbers_used",
        )


def _checked(form: CentreForm) -> CentreForm:
    numbering.check_pattern(form.certificate_pattern, "certificate_pattern")
    numbering.check_pattern(form.register_pattern, "register_pattern", needs_year=True)
    if form.numbers_used < 0:
        raise InputError("Số giấy đã cấp không thể âm. Ghi 0 nếu chưa cấp.", "numbers_used")
    return replace(
        form,
        name=guard.required(form.name, "tên trung tâm", "name"),
        parent_line=guard.required(form.parent_line, "tên cơ quan cấp trên", "parent_line").upper(),
        centre_line=guard.required(form.centre_line, "dòng tên cơ quan", "centre_line").upper(),
        place_name=guard.required(form.place_name, "địa danh ghi ngày tháng", "place_name"),
        short_code=guard.required(form.short_code, "ký hiệu viết tắt", "short_code").upper(),
        communes_served=text.clean(form.communes_served),
        part_time_word=text.clean(form.part_time_word),
        salutation=text.clean(form.salutation),
        report_recipients="\n".join(map(text.clean, form.report_recipients.splitlines())),
        certificate_pattern=text.clean(form.certificate_pattern),
        register_pattern=text.clean(form.register_pattern),
        phone=text.clean(form.phone),
    )
