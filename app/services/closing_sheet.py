"""The sentences and tables of the closing report (FORMATS §3.2-3.3)."""

from sqlalchemy.orm import Session

from app import dates, journal, numbers
from app.models import Decision, TrainingClass
from app.numbers import count_in_sentence as counted
from app.printing.closing_report import (
    Body,
    ClosingReportSheet,
    Heading,
    Item,
    RunIn,
)
from app.printing.letterhead import Letterhead, Signer
from app.rules import numbering
from app.services import centre, closing_figures, closing_tables, guard
from app.services.centre import CentreForm
from app.services.closing_figures import ClosingFigures
from app.services.report_form import ReportForm
from app.terms import (
    CompletionDocument,
    DecisionKind,
    DocumentFamily,
    Employment,
    Permission,
    Verdict,
)

NAMED = 5  # up to so many people are named in a sentence


def fill(db: Session, row: TrainingClass, form: ReportForm) -> ClosingReportSheet:
    """Return the report of a class with today's figures and the clerk's words."""
    guard.read(db, Permission.EXPORT)
    signed_on = form.signed_on or row.ends_on
    identity = centre.identity(db, signed_on)
    signer = centre.signatory(db, signed_on)
    figures = closing_figures.count(db, row)
    subject: tuple[str, ...] = (f"tổng kết {row.printed_title}",)
    if row.intake:
        name, intake = row.printed_title.rsplit(", ", 1)
        subject = (f"tổng kết {name},", intake)
    return ClosingReportSheet(
        letterhead=Letterhead(
            family=identity.document_family,
            parent_name=identity.parent_line,
            centre_name=identity.centre_line,
            number=_number(form.number, identity),
            place_and_date=f"{identity.place_name}, {_day(form, row)}",
        ),
        title="BÁO CÁO",
        subject_lines=subject,
        opening=_opening(row, identity),
        items=tuple(_items(row, form, figures, identity)),
        closing=f"Trên đây là báo cáo tổng kết {row.printed_title} của {identity.name}.",
        recipients=_recipients(identity),
        signer=Signer(signer.title, signer.name, signer.authority),
        annexes=closing_tables.annexes(figures),
        journal_mark=journal.head(db).mark,
    )


def _day(form: ReportForm, row: TrainingClass) -> str:
    """The day of signing; until it is known a place to write it by hand."""
    if form.signed_on:
        return dates.long(form.signed_on)
    return f"ngày …… tháng …… năm {row.ends_on.year}"


def _number(typed: str, identity: CentreForm) -> str:
    family = identity.document_family
    if typed.isdecimal():
        return numbering.document_number(int(typed), "BC", identity.short_code, family)
    word = "Số" if family is DocumentFamily.PARTY else "Số:"
    blank = "……-BC/" if family is DocumentFamily.PARTY else "……/BC-"
    return f"{word} {typed or blank + identity.short_code}"


def _opening(row: TrainingClass, identity: CentreForm) -> str:
    grounds = [f"Thực hiện {row.plan}"] if row.plan else []
    grounds += [
        _decision(decision, identity, lower=bool(grounds))
        for decision in row.decisions
        if decision.kind is DecisionKind.OPENING
    ]
    partner = f"phối hợp với {row.partner} " if row.partner else ""
    acted = f"{identity.name} đã {partner}tổ chức {row.printed_title}."
    start = "; ".join(grounds) + ", " if grounds else ""
    return f"{start}{acted} Trung tâm Chính trị báo cáo kết quả như sau:"


def _decision(decision: Decision, identity: CentreForm, *, lower: bool) -> str:
    comma = "," if identity.document_family is DocumentFamily.PARTY else ""
    issuer = f" của {decision.issuer}" if decision.issuer else ""
    signed_on = dates.short(decision.signed_on)
    start = "" if lower else "Thực hiện "
    return f"{start}Quyết định số {decision.number}{comma} ngày {signed_on}{issuer} về việc mở lớp"


def _items(
    row: TrainingClass, form: ReportForm, figures: ClosingFigures, identity: CentreForm
) -> list[Item]:
    items: list[Item] = [
        Heading("I- QUÁ TRÌNH TỔ CHỨC LỚP HỌC"),
        RunIn("1. Thời gian, địa điểm, chương trình:", _time_and_place(row, figures)),
        RunIn("2. Giảng viên:", _lecturers(figures, identity)),
        RunIn("3. Học viên:", _learners(row, figures)),
        closing_tables.composition(figures),
        Heading("II- KẾT QUẢ HỌC TẬP"),
        RunIn("1. Việc chấp hành nội quy, quy chế:", _discipline(row, figures)),
        RunIn("2. Kết quả kiểm tra, xếp loại:", _results(row, figures)),
        closing_tables.classification(figures),
    ]
    if form.commendations:
        items.append(RunIn("3. Khen thưởng:", form.commendations))
    items.append(Heading("III- ĐÁNH GIÁ CHUNG"))
    items += _numbered(
        ("Ưu điểm", form.strengths),
        ("Hạn chế", form.limitations),
        ("Nguyên nhân", form.causes),
        ("Kinh nghiệm", form.lessons),
    )
    if form.proposals:
        items += [Heading("IV- KIẾN NGHỊ, ĐỀ XUẤT"), Body(form.proposals)]
    return items


def _numbered(*sections: tuple[str, str]) -> list[Item]:
    written = [(label, words) for label, words in sections if words]
    return [RunIn(f"{number}. {label}:", words) for number, (label, words) in enumerate(written, 1)]


def _time_and_place(row: TrainingClass, figures: ClosingFigures) -> str:
    first, last = dates.short(row.starts_on), dates.short(row.ends_on)
    when = f"trong ngày {first}" if first == last else f"từ ngày {first} đến ngày {last}"
    where = f" tại {row.venue}" if row.venue else ""
    periods = sum(session.periods for session in figures.sessions)
    what = f"gồm {counted(figures.lectures)} chuyên đề" if figures.lectures else "gồm"
    held = f"{counted(len(figures.sessions))} buổi học ({numbers.grouped(periods)} tiết)"
    joined = f"{what} với {held}" if figures.lectures else f"{what} {held}"
    paper = figures.rule.assessment_name.removesuffix(" cuối khóa")
    test = f"; cuối khóa học viên viết {paper}"
    end = test if figures.rule.is_assessed else ""
    return f"Lớp học được tổ chức {when}{where}, {joined} theo chương trình quy định{end}."


def _lecturers(figures: ClosingFigures, identity: CentreForm) -> str:
    total = sum(figures.lecturers.values())
    if not total:
        return "Lịch học chưa ghi giảng viên."
    words = {
        Employment.FULL_TIME: "giảng viên chuyên trách",
        Employment.PART_TIME: f"giảng viên {identity.part_time_word}",
        Employment.INVITED: "giảng viên mời",
    }
    parts = [
        f"{counted(figures.lecturers[kind])} {word}"
        for kind, word in words.items()
        if kind in figures.lecturers
    ]
    return f"Có {counted(total)} đồng chí tham gia giảng dạy, trong đó {_joined(parts)}."


def _learners(row: TrainingClass, figures: ClosingFigures) -> str:
    learners = counted(figures.learners)
    if not row.convened:
        took_part = f"Tham gia lớp học có {learners} đồng chí."
    else:
        share = _share(figures.learners, row.convened)
        missing = row.convened - figures.learners
        absent = f"; {counted(missing)} đồng chí không tham gia" if missing > 0 else ""
        took_part = (
            f"Số học viên triệu tập là {counted(row.convened)} đồng chí, tham gia lớp học là "
            f"{learners} đồng chí, đạt {share}%{absent}."
        )
    return f"{took_part} Cơ cấu học viên như sau:"


def _discipline(row: TrainingClass, figures: ClosingFigures) -> str:
    turns = figures.turns
    held = turns.present + turns.excused + turns.absent
    share = _reaching(turns.present, held)
    unmarked = f" {counted(turns.unmarked)} lượt chưa điểm danh." if turns.unmarked else ""
    late = sum(one.attended.late for one in figures.rows)
    late_part = f" (trong đó đi muộn {counted(late)} lượt)" if late else ""
    return (
        f"Trong {counted(len(figures.sessions))} buổi học có {numbers.grouped(turns.listed)} lượt "
        f"học viên theo danh sách; có mặt {counted(turns.present)} lượt{late_part}{share}; "
        f"vắng có phép {counted(turns.excused)} lượt; vắng không phép {counted(turns.absent)} "
        f"lượt.{unmarked}{_not_admitted(figures)}"
    )


def _not_admitted(figures: ClosingFigures) -> str:
    rows = [row for row in figures.rows if row.outcome.verdict is Verdict.TOO_ABSENT]
    if not rows:
        is_known = figures.turns.listed and not figures.turns.unmarked
        return " Không có học viên nào vắng quá mức quy định." if is_known else ""
    named = "; ".join(f"{row.full_name} ({_low(row.outcome.reason)})" for row in rows[:NAMED])
    more = f" và {len(rows) - NAMED} đồng chí khác" if len(rows) > NAMED else ""
    return f" Có {counted(len(rows))} đồng chí không đủ điều kiện: {named}{more}."


def _results(row: TrainingClass, figures: ClosingFigures) -> str:
    whole, passed = figures.learners, figures.qualified
    ending = ""
    if row.version.programme.document is CompletionDocument.CERTIFICATE and passed:
        ending = ", đủ điều kiện cấp giấy chứng nhận"
    share = _reaching(passed, whole)
    if not figures.rule.is_assessed:
        done = f"Có {counted(passed)}/{counted(whole)} đồng chí hoàn thành chương trình"
        return f"{done}{share}{ending}."
    good = _reaching(figures.good, whole)
    return (
        f"Có {counted(figures.assessed)}/{counted(whole)} học viên có điểm "
        f"{figures.rule.assessment_name}; đạt yêu cầu {counted(passed)} đồng chí"
        f"{share}{ending}; từ khá trở lên {counted(figures.good)} đồng chí{good}."
    )


def _recipients(identity: CentreForm) -> tuple[str, ...]:
    lines = [line.strip(" -,;.") for line in identity.report_recipients.splitlines()]
    listed = [f"- {line}," for line in lines if line]
    family = identity.document_family
    last = "- Lưu Trung tâm Chính trị." if family is DocumentFamily.PARTY else "- Lưu: VT."
    return (*listed, last)


def _reaching(part: int, whole: int) -> str:
    """Tell what share is reached, or nothing where there is no base."""
    return f", đạt {_share(part, whole)}%" if whole else ""


def _share(part: int, whole: int) -> str:
    """Tell a share inside a sentence: "97,9", and "100" for all."""
    return "100" if part == whole > 0 else numbers.percent(part, whole)


def _joined(parts: list[str]) -> str:
    return " và ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _low(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
