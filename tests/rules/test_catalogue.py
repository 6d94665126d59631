"""The bundled catalogue and its reader (RULES R02, §2.2–2.4; FORMATS §2.1)."""

from datetime import date
from decimal import Decimal

import pytest

from app.errors import InputError
from app.paths import resources
from app.rules.catalogue import CatalogueProgramme, parse_catalogue
from app.rules.classification import SCALE_A
from app.rules.timetable import session_slots
from app.terms import CompletionDocument, SessionKind
from app.text import clean

TEXT = (resources() / "programmes.toml").read_text(encoding="utf-8")
CATALOGUE = {programme.code: programme for programme in parse_catalogue(TEXT)}
each = pytest.mark.parametrize("programme", CATALOGUE.values(), ids=CATALOGUE.keys())


def test_the_catalogue_has_all_thirteen_rows() -> None:
    assert len(CATALOGUE) == 13


def test_the_61_hd_programme_has_its_real_timetable() -> None:
    programme = CATALOGUE["NTVD"]
    assert (programme.periods, programme.sessions) == (50, 10)
    assert [(t.periods, t.sessions) for t in programme.topics] == [
        *((5, 1), (10, 2), (5, 1), (5, 1), (5, 1), (5, 1), (5, 1), (5, 1), (5, 1))
    ]
    assert programme.topics[-1].kind is SessionKind.ASSESSMENT
    assert programme.valid_from == date(2022, 6, 16)
    assert "61-HD/BTGTW" in programme.legal_basis
    assert "length" not in programme.assumed


def test_the_programme_for_new_members_has_ten_lessons_in_17_sessions() -> None:
    programme = CATALOGUE["DVM"]
    assert (programme.periods, programme.sessions) == (85, 17)
    assert sum(t.kind is SessionKind.LECTURE for t in programme.topics) == 10
    assert {t.kind for t in programme.topics} == {
        SessionKind.LECTURE,
        SessionKind.DISCUSSION,
        SessionKind.REVIEW,
        SessionKind.FIELD_TRIP,
        SessionKind.ASSESSMENT,
    }
    assert "length" in programme.assumed


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("NTVD", "Bồi dưỡng nhận thức về Đảng"),
        ("DVM", "Bồi dưỡng lý luận chính trị dành cho đảng viên mới"),
        ("CUV", "Bồi dưỡng nghiệp vụ công tác đảng cho bí thư chi bộ và cấp ủy viên cơ sở"),
        ("CNKT", "Bồi dưỡng, cập nhật kiến thức cho cán bộ, đảng viên"),
        ("MTDT", "Bồi dưỡng nghiệp vụ công tác Mặt trận và các tổ chức chính trị - xã hội"),
        ("QPAN", "Bồi dưỡng kiến thức quốc phòng và an ninh"),
    ],
)
def test_certificates_bear_the_sourced_titles(code: str, title: str) -> None:
    assert CATALOGUE[code].certificate_title == title


@each
def test_a_class_can_be_opened_from_every_programme(programme: CatalogueProgramme) -> None:
    slots = session_slots(date(2026, 9, 21), programme.topics)
    assert len(slots) == programme.sessions
    assert sum(slot.periods for slot in slots) == programme.periods > 0


@each
def test_every_programme_is_complete_and_says_what_is_assumed(
    programme: CatalogueProgramme,
) -> None:
    assert programme.name
    assert programme.report_group
    assert "attendance" in programme.assumed
    assert programme.assumptions
    assert bool(programme.legal_basis) != ("basis" in programme.assumed)
    texts = (programme.name, programme.short_name, *(t.title for t in programme.topics))
    assert all(text == clean(text) for text in texts)


@each
def test_tested_programmes_have_the_default_scale_and_others_none(
    programme: CatalogueProgramme,
) -> None:
    rule = programme.rule
    assert rule.attendance.minimum_share == 80
    assert rule.pass_mark == Decimal("5.0")
    assert rule.bands == (SCALE_A if rule.is_assessed else ())
    assert bool(rule.assessment_name) == rule.is_assessed
    tests = [t for t in programme.topics if t.kind is SessionKind.ASSESSMENT]
    assert bool(tests) == rule.is_assessed
    assert ("bands" in programme.assumed) == rule.is_assessed


def test_hosted_and_ended_programmes_are_not_offered() -> None:
    assert [code for code, p in CATALOGUE.items() if not p.is_active] == ["SC", "TCLLCT", "CVC"]
    assert CATALOGUE["SC"].document is CompletionDocument.DIPLOMA
    assert CATALOGUE["TCLLCT"].document is CompletionDocument.NONE


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[defaults]", "[defaults", "sai cú pháp"),
        ("[defaults]", "[default]", "mặc định: thiếu mục unit"),
        ("periods = 50", "periods = 45", "ghi 45 tiết, 10 buổi nhưng cộng các nội dung được 50"),
        ("periods = 50", 'periods = "50"', "periods phải là số nguyên"),
        ('code = "DVM"', 'code = "NTVD"', "mã chương trình trùng: NTVD"),
        ('code = "NTVD"', 'code = "NTVD"\ncolour = "red"', "không hiểu mục colour"),
        ('short_name = "Nhận thức về Đảng"', "", "thiếu mục short_name"),
        ('document = "certificate"', 'document = "medal"', "không có từ “medal”"),
        ('"titles", "attendance"', '"title", "attendance"', "mục assumed không hợp lý"),
        ("valid_from = 2022-06-16", 'valid_from = "2022"', "valid_from phải là ngày"),
        ("periods = 10, sessions = 2", "periods = 1, sessions = 2", "không hợp lý"),
        ('lower = "9.0"', 'lower = "chín"', "lower phải là số"),
        ('lower = "9.0"', 'lower = "1"', "phải thấp hơn"),
    ],
)
def test_a_catalogue_with_a_fault_is_refused(old: str, new: str, sentence: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError, match=sentence):
        parse_catalogue(TEXT.replace(old, new, 1))


def test_a_catalogue_without_programmes_is_refused() -> None:
    with pytest.raises(InputError, match="thiếu danh sách programmes"):
        parse_catalogue(TEXT[: TEXT.index("[[programmes]]")])
