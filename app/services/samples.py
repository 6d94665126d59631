"""Invented papers that show what the settings will print; nothing here reads the database."""

import datetime

from app import dates
from app.printing import certificate, closing_report, letterhead
from app.rules import numbering
from app.services.centre import CentreForm, SignatoryForm

_NUMBER = 15
_CLASS = "Lớp bồi dưỡng lý luận chính trị dành cho đảng viên mới"


def heading(form: CentreForm, on: datetime.date) -> letterhead.Letterhead:
    """Return the heading of a paper signed that day."""
    family = form.document_family
    return letterhead.Letterhead(
        family=family,
        parent_name=form.parent_line.upper(),
        centre_name=form.centre_line.upper(),
        number=numbering.document_number(_NUMBER, "BC", form.short_code.upper(), family),
        place_and_date=f"{form.place_name}, {dates.long(on)}",
    )


def signer(form: SignatoryForm) -> letterhead.Signer:
    """Return the lines of one who signs."""
    return letterhead.Signer(form.title.upper(), form.name, form.authority)


def report(
    form: CentreForm, signatory: SignatoryForm, on: datetime.date
) -> closing_report.ClosingReportSheet:
    """Return a short report of an invented class with the centre's names in it."""
    year = on.year
    return closing_report.ClosingReportSheet(
        letterhead=heading(form, on),
        title="BÁO CÁO",
        subject_lines=(f"tổng kết {_CLASS},", f"khóa I năm {year}"),
        opening=f"{form.name} đã tổ chức {_CLASS}, khóa I năm {year}. "
        "Trung tâm Chính trị báo cáo kết quả như sau:",
        items=(
            closing_report.Heading("I- QUÁ TRÌNH TỔ CHỨC LỚP HỌC"),
            closing_report.RunIn(
                "1. Giảng viên:",
                "Có 07 đồng chí tham gia giảng dạy, trong đó 01 giảng viên chuyên trách và 06 "
                f"giảng viên {form.part_time_word}.",
            ),
            closing_report.RunIn("2. Học viên:", "Lớp có 94 học viên."),
        ),
        closing=f"Trên đây là báo cáo mẫu của {form.name}, số liệu không có thật.",
        recipients=tuple(form.report_recipients.splitlines()),
        signer=signer(signatory),
    )


def certificate_sheet(
    form: CentreForm, signatory: SignatoryForm, on: datetime.date
) -> certificate.CertificateSheet:
    """Return the next certificate, for an invented learner."""
    number, register = next_numbers(form, on.year)
    head, signed = heading(form, on), signer(signatory)
    return certificate.CertificateSheet(
        parent_name=head.parent_name,
        centre_name=head.centre_name,
        family=form.document_family.value,
        issuer=f"GIÁM ĐỐC {form.name}".upper(),
        salutation=form.salutation,
        full_name="Nguyễn Thị Mẫu",
        born="Sinh ngày 05 tháng 9 năm 1998",
        unit="Chi bộ thôn mẫu",
        course_title="Bồi dưỡng lý luận chính trị dành cho đảng viên mới",
        period=f"Từ ngày 09 tháng 3 đến ngày 13 tháng 3 năm {on.year}",
        classification="Khá",
        certificate_number=f"Số {number}",
        decision=f"Quyết định số 12-QĐ/{form.short_code.upper()}, ngày 14/3/{on.year}",
        register_number=f"Số vào sổ: {register}",
        place_and_date=head.place_and_date,
        authority=signed.authority,
        signer_title=signed.title,
        signer_name=signed.name,
    )


def pattern_example(pattern: str, form: CentreForm, year: int) -> str:
    """Return what a pattern gives for the next number; raises InputError for a wrong pattern."""
    used = form.numbers_used if form.numbers_used_year == year else 0
    sequence = numbering.next_sequence((), used)
    return numbering.certificate_number(sequence, year, form.short_code.upper(), pattern)


def next_numbers(form: CentreForm, year: int) -> tuple[str, str]:
    """Return the certificate and register number after those used on paper this year.

    Raises InputError at the field of a pattern that cannot be used.
    """
    numbering.check_pattern(form.certificate_pattern, "certificate_pattern")
    numbering.check_pattern(form.register_pattern, "register_pattern", needs_year=True)
    certificate_number = pattern_example(form.certificate_pattern, form, year)
    return certificate_number, pattern_example(form.register_pattern, form, year)
