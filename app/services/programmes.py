"""The programme catalogue: seeding, versions, topics and the rules they carry."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app import text
from app.errors import InputError
from app.models import (
    Programme,
    ProgrammeVersion,
    Topic,
    TrainingClass,
)
from app.models.base import now
from app.rules import classification
from app.rules.eligibility import ResultRule
from app.services import guard, learning_rules
from app.terms import CompletionDocument, Permission, SessionKind


@dataclass(frozen=True)
class TopicForm:
    """One piece of a version; `periods` in tiết over `sessions` buổi."""

    title: str
    kind: SessionKind
    periods: int
    sessions: int


@dataclass(frozen=True)
class VersionForm:
    """A version of a programme as the settings screen edits it."""

    legal_basis: str
    valid_from: datetime.date | None
    topics: tuple[TopicForm, ...]
    rule: ResultRule = field(default_factory=ResultRule)
    assumptions: str = ""


@dataclass(frozen=True)
class ProgrammeForm:
    """A programme without its versions."""

    name: str
    short_name: str
    certificate_title: str
    document: CompletionDocument = CompletionDocument.CERTIFICATE
    report_group: str = ""
    is_active: bool = True
    code: str = ""


@dataclass(frozen=True)
class VersionRow(VersionForm):
    """A stored version with who uses it."""

    id: int = 0
    number: int = 1
    classes: int = 0
    is_confirmed: bool = False
    confirmed_by: str = ""

    @property
    def periods(self) -> int:
        """Total periods of the version."""
        return sum(topic.periods for topic in self.topics)

    @property
    def sessions(self) -> int:
        """Total class sessions of the version."""
        return sum(topic.sessions for topic in self.topics)


@dataclass(frozen=True)
class ProgrammeRow(ProgrammeForm):
    """A programme with its versions, oldest first."""

    id: int = 0
    versions: tuple[VersionRow, ...] = ()

    @property
    def current(self) -> VersionRow:
        """The version new classes are opened with."""
        return self.versions[-1]


def programme_list(db: Session, *, only_active: bool = False) -> list[ProgrammeRow]:
    """Return the catalogue in its order."""
    guard.read(db, Permission.READ)
    query = select(Programme).order_by(Programme.position, Programme.id)
    query = query.options(
        selectinload(Programme.versions).selectinload(ProgrammeVersion.topics),
        selectinload(Programme.versions).selectinload(ProgrammeVersion.bands),
        selectinload(Programme.versions).selectinload(ProgrammeVersion.rule),
    )
    if only_active:
        query = query.where(Programme.is_active)
    uses = _uses(db)
    return [_row(programme, uses) for programme in db.scalars(query)]


def add_programme(db: Session, form: ProgrammeForm, version: VersionForm) -> int:
    """Add a programme with its first version; return its id."""
    guard.permit(db, Permission.EDIT_PROGRAMMES)
    name, code = guard.required(form.name, "tên chương trình", "name"), text.clean(form.code)
    if code and db.scalar(select(Programme.id).where(Programme.code == code)):
        raise InputError(f"Mã chương trình {code} đã dùng. Chọn mã khác.", "code")
    programme = Programme(
        code=code or _free_code(db, form.short_name or name),
        name=name,
        short_name=text.clean(form.short_name) or name,
        certificate_title=text.clean(form.certificate_title) or name,
        document=form.document,
        report_group=text.clean(form.report_group),
        is_active=form.is_active,
        position=1 + (db.scalar(select(func.max(Programme.position))) or 0),
    )
    db.add(programme)
    programme.versions.append(_fill(ProgrammeVersion(number=1), version))
    db.flush()
    return programme.id


def save_programme(db: Session, programme_id: int, form: ProgrammeForm) -> None:
    """Change the names of a programme; issued certificates keep what they carry."""
    guard.permit(db, Permission.EDIT_PROGRAMMES)
    programme = guard.existing(db, Programme, programme_id, "chương trình")
    programme.name = guard.required(form.name, "tên chương trình", "name")
    programme.short_name = text.clean(form.short_name) or programme.name
    programme.certificate_title = guard.required(
        form.certificate_title, "tên ghi trên giấy chứng nhận", "certificate_title"
    )
    programme.document, programme.is_active = form.document, form.is_active
    programme.report_group = text.clean(form.report_group)


def save_version(db: Session, version_id: int, form: VersionForm) -> int:
    """Change a version nobody uses, or add a new one; return the id of the version saved."""
    guard.permit(db, Permission.EDIT_PROGRAMMES)
    version = guard.existing(db, ProgrammeVersion, version_id, "bản chương trình")
    if _uses(db).get(version.id):
        return add_version(db, version.programme_id, form)
    version.topics.clear()
    version.bands.clear()
    db.flush()
    _fill(version, form)
    db.flush()
    return version.id


def add_version(db: Session, programme_id: int, form: VersionForm) -> int:
    """Add a version that classes opened from now on use; return its id."""
    guard.permit(db, Permission.EDIT_PROGRAMMES)
    programme = guard.existing(db, Programme, programme_id, "chương trình")
    number = 1 + max((other.number for other in programme.versions), default=0)
    version = ProgrammeVersion(number=number, programme=programme)
    _fill(version, form)
    db.add(version)
    db.flush()
    return version.id


def confirm_defaults(db: Session, version_id: int, who: str) -> None:
    """Note that the centre has confirmed the assumed values of a version."""
    guard.permit(db, Permission.EDIT_PROGRAMMES)
    version = guard.existing(db, ProgrammeVersion, version_id, "bản chương trình")
    version.confirmed_at, version.confirmed_by = now(), who


def _fill(version: ProgrammeVersion, form: VersionForm) -> ProgrammeVersion:
    _check(form)
    version.legal_basis = text.clean(form.legal_basis)
    version.valid_from, version.assumptions = form.valid_from, form.assumptions
    version.confirmed_at, version.confirmed_by = None, ""
    version.topics.extend(
        Topic(
            position=position,
            title=text.clean(topic.title),
            kind=topic.kind,
            periods=topic.periods,
            sessions=topic.sessions,
        )
        for position, topic in enumerate(form.topics, 1)
    )
    learning_rules.put(version, form.rule)
    return version


def _check(form: VersionForm) -> None:
    if not form.topics:
        raise InputError("Chương trình chưa có nội dung nào. Thêm ít nhất một nội dung.", "topics")
    for number, topic in enumerate(form.topics, 1):
        guard.required(topic.title, f"tên nội dung thứ {number}", "topics")
        if topic.periods < 1 or topic.sessions < 1:
            raise InputError(f"Nội dung thứ {number}: số tiết, số buổi phải từ 1.", "topics")
    _check_limits(form.rule)
    classification.check_bands(form.rule.bands)


def _check_limits(rule: ResultRule) -> None:
    limits = rule.attendance
    if not _is_stored(limits.minimum_share, 100):
        raise InputError("Tỷ lệ dự học phải từ 0 đến 100 %, hai số lẻ.", "minimum_share")
    if not _is_stored(rule.pass_mark, 10):
        raise InputError("Mức đạt phải từ điểm 0 đến 10, hai số lẻ.", "pass_mark")
    if not 0 <= rule.mark_places <= 2:
        raise InputError("Điểm làm tròn đến 0, 1 hoặc 2 số lẻ.", "mark_places")
    if any(not _is_stored(band.lower, 10) for band in rule.bands):
        raise InputError("Mức xếp loại phải từ điểm 0 đến 10, hai số lẻ.", "bands")
    for name in ("absent_limit", "excused_limit"):
        if (getattr(limits, name) or 0) < 0:
            raise InputError("Số buổi vắng không thể âm. Để trống nếu không giới hạn.", name)


def _is_stored(value: Decimal, most: int) -> bool:
    """Whether the value is in range and kept exactly: two decimals are stored."""
    return 0 <= value <= most and value * 100 % 1 == 0


def _uses(db: Session) -> dict[int, int]:
    query = select(TrainingClass.version_id, func.count()).group_by(TrainingClass.version_id)
    return dict(db.execute(query).all())


def _free_code(db: Session, name: str) -> str:
    stem = text.initials(name).upper() or "CT"
    taken = set(db.scalars(select(Programme.code)))
    return next(
        code
        for number in range(1, 1000)
        if (code := stem if number == 1 else f"{stem}{number}") not in taken
    )


def _row(programme: Programme, uses: dict[int, int]) -> ProgrammeRow:
    names = {name: getattr(programme, name) for name in ProgrammeForm.__dataclass_fields__}
    versions = tuple(_version_row(version, uses) for version in programme.versions)
    return ProgrammeRow(**names, id=programme.id, versions=versions)


def _version_row(version: ProgrammeVersion, uses: dict[int, int]) -> VersionRow:
    return VersionRow(
        legal_basis=version.legal_basis,
        valid_from=version.valid_from,
        assumptions=version.assumptions,
        topics=tuple(TopicForm(t.title, t.kind, t.periods, t.sessions) for t in version.topics),
        rule=learning_rules.of_version(version),
        id=version.id,
        number=version.number,
        classes=uses.get(version.id, 0),
        is_confirmed=version.confirmed_at is not None,
        confirmed_by=version.confirmed_by,
    )
