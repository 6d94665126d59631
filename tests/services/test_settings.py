"""What the settings screens ask of the services."""

import datetime
from dataclasses import replace

import pytest

from app.database import Database
from app.errors import InputError
from app.rules.eligibility import ResultRule
from app.services import centre, learning_rules, programmes, samples
from app.services.demo import CENTRE, DIRECTOR
from app.terms import DocumentFamily

DAY = datetime.date(2026, 3, 16)


def test_a_name_cannot_begin_before_the_one_in_use(database: Database) -> None:
    with database.writing("Sửa") as db:
        form = centre.latest(db)
        earlier = replace(form, valid_from=form.valid_from - datetime.timedelta(days=1))
        with pytest.raises(InputError) as refused:
            centre.save(db, earlier)
    assert refused.value.field == "valid_from"


def test_names_are_listed_newest_first(database: Database) -> None:
    with database.writing("Đổi tên") as db:
        old = centre.latest(db)
        centre.save(db, replace(old, valid_from=DAY + datetime.timedelta(days=365), name="Mới"))
        assert [form.name for form in centre.identities(db)] == ["Mới", old.name]


def test_a_version_is_added_after_the_newest(database: Database) -> None:
    with database.writing("Bản mới") as db:
        row = programmes.programme_list(db)[0]
        kept = {name: getattr(row.current, name) for name in FIELDS}
        added = programmes.add_version(db, row.id, programmes.VersionForm(**kept))
        after = next(row for row in programmes.programme_list(db) if row.id == row.id)
    assert [version.number for version in after.versions] == [1, 2]
    assert after.current.id == added
    assert after.current.topics == row.current.topics


FIELDS = tuple(programmes.VersionForm.__dataclass_fields__)


def test_rules_come_back_from_their_form() -> None:
    rule = ResultRule()
    assert learning_rules.from_form(learning_rules.to_form(rule)) == rule


def test_bands_of_a_form_are_put_in_order() -> None:
    form = learning_rules.to_form(ResultRule())
    mixed = replace(form, bands=tuple(reversed(form.bands)))
    assert learning_rules.from_form(mixed) == ResultRule()


def test_the_next_numbers_continue_those_on_paper() -> None:
    form = replace(CENTRE, numbers_used=26, numbers_used_year=2026)
    assert samples.next_numbers(form, 2026) == ("027-GCN/TTCT", "027/2026")
    assert samples.next_numbers(form, 2027) == ("001-GCN/TTCT", "001/2027")


def test_a_register_pattern_without_its_year_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        samples.next_numbers(replace(CENTRE, register_pattern="{seq:03d}"), 2026)
    assert refused.value.field == "register_pattern"


def test_sample_papers_carry_the_centre_and_who_signs() -> None:
    form = replace(CENTRE, document_family=DocumentFamily.STATE)
    report = samples.report(form, DIRECTOR, DAY)
    assert report.letterhead.number == "Số: 15/BC-TTCT"
    assert report.signer.name == DIRECTOR.name
    sheet = samples.certificate_sheet(form, DIRECTOR, DAY)
    assert sheet.parent_name == CENTRE.parent_line
    assert sheet.place_and_date.startswith(CENTRE.place_name)
