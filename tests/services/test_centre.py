"""The centre through time: which name and who signs on a given day."""

import datetime
from dataclasses import replace

import pytest

from app.database import Database
from app.errors import InputError, RuleError
from app.services import centre, checks, setup
from app.services.centre import SignatoryForm
from app.terms import DocumentFamily

LATER = datetime.date(2026, 7, 1)


def test_a_new_name_is_valid_from_its_day_on(database: Database) -> None:
    with database.writing("Đổi tên") as db:
        old = centre.latest(db)
        new = replace(old, name="Trung tâm Chính trị phường An Bình", valid_from=LATER)
        centre.save(db, new)
        days = [centre.identity(db, LATER + datetime.timedelta(days=n)).name for n in (-1, 0)]
    assert days == [old.name, new.name]


def test_the_head_signs_before_a_deputy_and_only_in_their_time(database: Database) -> None:
    deputy = SignatoryForm(
        "Nông Thị Hiền", "Phó Giám đốc", datetime.date(2025, 7, 1), "K/T GIÁM ĐỐC"
    )
    with database.writing("Người ký") as db:
        centre.save_signatory(db, deputy)
        head = centre.signatory(db, LATER)
        centre.save_signatory(db, replace(_form(head), valid_to=LATER), head.id)
        after = centre.signatory(db, LATER + datetime.timedelta(days=1))
        with pytest.raises(RuleError, match="Chưa có người ký"):
            centre.signatory(db, datetime.date(2020, 1, 1))
    assert head.name == "Hoàng Văn Tuấn"
    assert (after.name, after.title, after.authority) == (
        "Nông Thị Hiền",
        "PHÓ GIÁM ĐỐC",
        "K/T GIÁM ĐỐC",
    )


def _form(row: centre.SignatoryRow) -> SignatoryForm:
    return SignatoryForm(
        **{name: getattr(row, name) for name in SignatoryForm.__dataclass_fields__}
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("place_name", ""),
        ("certificate_pattern", "GCN"),
        ("register_pattern", "{seq:03d}"),
        ("numbers_used", -1),
    ],
)
def test_a_bad_value_is_refused_at_its_field(
    database: Database, field: str, value: str | int
) -> None:
    with pytest.raises(InputError) as refused, database.writing("Sửa") as db:
        centre.save(db, replace(centre.latest(db), **{field: value}))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_the_catalogue_is_added_once(database: Database) -> None:
    with database.writing("Danh mục") as db:
        assert setup.seed_catalogue(db) == 0


def test_the_family_is_kept(database: Database) -> None:
    with database.writing("Sửa") as db:
        centre.save(db, replace(centre.latest(db), document_family=DocumentFamily.STATE))
    with database.reading() as db:
        assert centre.latest(db).document_family is DocumentFamily.STATE


def test_numbers_used_on_paper_are_not_lowered_below_those_already_issued(demo: Database) -> None:
    with demo.writing("Sửa số đã dùng") as db:
        form = centre.latest(db)
        with pytest.raises(InputError, match="đã cấp từ số 27"):
            centre.save(db, replace(form, numbers_used=20))
        centre.save(db, replace(form, numbers_used=40))
    with demo.reading() as db:
        assert checks.findings(db) == []
