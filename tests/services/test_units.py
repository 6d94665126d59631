"""Units: one under all its names, merged and renamed on purpose, papers as they were."""

import datetime

import pytest

from app import text
from app.database import Database
from app.errors import InputError
from app.services import communes, enrolment, finding, history, students, units, workplaces
from app.services.finding import Wanted
from app.services.students import StudentForm

LAST_DAY = datetime.date(2025, 6, 30)


def add(opened: Database, *people: tuple[str, str]) -> dict[str, int]:
    """Register people; gives back the ids of the units by name."""
    with opened.writing("Thêm") as db:
        for name, unit in people:
            students.save_student(db, StudentForm(name, unit=unit))
    return unit_ids(opened)


def unit_ids(opened: Database) -> dict[str, int]:
    with opened.reading() as db:
        return {row.name: row.id for row in units.unit_list(db)}


def found(opened: Database, query: str) -> list[str]:
    with opened.reading() as db:
        return [row.full_name for row in finding.rows(db, finding.found(db, Wanted(query)))]


def meant(opened: Database, name: str) -> str:
    """The unit a name on a roster comes to."""
    with opened.writing("Nhập") as db:
        return workplaces.listed(db, [name])[text.word_key(name)].name


def alike(opened: Database, typed: str) -> list[str]:
    with opened.reading() as db:
        return workplaces.alike(db, typed)


def test_units_alike_have_every_typed_word_and_the_nearest_comes_first(database: Database) -> None:
    names = ("Đảng ủy thị trấn Bình Gia", "Thị trấn Bình Gia", "Thị trấn Na Sầm", "Xã Tân Trấn")
    add(database, *((f"Người thứ {at}", name) for at, name in enumerate(names)))
    assert alike(database, "thi tran") == [names[2], names[1], names[0]]
    assert alike(database, "tran  THI binh") == [names[1], names[0]]
    assert alike(database, "thi tran ra") == alike(database, " ") == []


def test_units_alike_are_at_most_three(database: Database) -> None:
    add(database, *((f"Người thứ {at}", f"Chi bộ thôn {at}") for at in range(5)))
    assert alike(database, "thon") == [f"Chi bộ thôn {at}" for at in range(3)]


def test_units_alike_are_found_by_old_and_other_names_and_told_as_today(
    database: Database,
) -> None:
    ids = add(database, ("Bàn Tòn Phin", "CA xã"), ("Lý A Sài", "Công an xã"))
    with database.writing("Gộp, đổi tên") as db:
        units.merge(db, list(ids.values()), ids["Công an xã"])
        units.rename(db, ids["Công an xã"], "Công an xã Quý Hòa", LAST_DAY)
    assert alike(database, "ca xa") == alike(database, "cong an") == ["Công an xã Quý Hòa"]


def test_a_renamed_unit_is_found_by_both_names(database: Database) -> None:
    ids = add(database, ("Bàn Tòn Phin", "UBND xã Vĩnh Yên"))
    with database.writing("Đổi tên") as db:
        units.rename(db, ids["UBND xã Vĩnh Yên"], "UBND xã Quý Hòa", LAST_DAY)
    assert found(database, "vinh yen") == found(database, "quy hoa") == ["Bàn Tòn Phin"]
    assert meant(database, "Ubnd xã Vĩnh Yên") == "UBND xã Quý Hòa"
    with database.reading() as db:
        assert units.unit_list(db)[0].other_names[0].told == "UBND xã Vĩnh Yên (đến 30/06/2025)"


def test_a_name_given_back_is_no_longer_an_old_name(database: Database) -> None:
    ids = add(database, ("Bàn Tòn Phin", "Hội Nông dân"))
    with database.writing("Đổi tên") as db:
        units.rename(db, ids["Hội Nông dân"], "Hội ND")
        units.rename(db, ids["Hội Nông dân"], "Hội Nông dân")
        assert [each.name for each in units.unit_list(db)[0].other_names] == ["Hội ND"]


def test_an_abbreviation_means_its_unit(database: Database) -> None:
    ids = add(database, ("Bàn Tòn Phin", "Mặt trận Tổ quốc xã"))
    with database.writing("Thêm tên") as db:
        units.add_name(db, ids["Mặt trận Tổ quốc xã"], "MTTQ xã")
    assert meant(database, "mttq xã") == "Mặt trận Tổ quốc xã"
    assert found(database, "mttq") == ["Bàn Tòn Phin"]


def test_a_name_of_another_unit_is_not_taken(database: Database) -> None:
    ids = add(database, ("Bàn Tòn Phin", "Trạm Y tế"), ("Lý A Sài", "Công an xã"))
    with pytest.raises(InputError, match="Công an xã"), database.writing("Đổi tên") as db:
        units.rename(db, ids["Trạm Y tế"], "CÔNG AN XÃ")
    with pytest.raises(InputError, match="Trạm Y tế"), database.writing("Thêm tên") as db:
        units.add_name(db, ids["Công an xã"], "Trạm y tế")


def test_merged_units_are_one_and_are_told_apart_again_by_undoing(database: Database) -> None:
    ids = add(database, ("Bàn Tòn Phin", "CA xã"), ("Lý A Sài", "Công an xã"))
    with database.writing("Gộp đơn vị") as db:
        assert units.merge(db, list(ids.values()), ids["Công an xã"]) == 1
    assert list(unit_ids(database)) == ["Công an xã"]
    assert meant(database, "CA xã") == "Công an xã"
    assert sorted(found(database, "ca xa")) == ["Bàn Tòn Phin", "Lý A Sài"]
    with database.reading() as db:
        act = next(each for each in history.act_list(db, history.ActFilter(query="gộp đơn vị")))
    with database.writing("Hoàn tác") as db:
        history.undo(db, act.id)
    assert sorted(unit_ids(database)) == ["CA xã", "Công an xã"]
    assert found(database, "ca xa") == ["Bàn Tòn Phin"]


def test_names_follow_through_two_mergers(database: Database) -> None:
    ids = add(database, ("A Sài", "Một"), ("A Sải", "Hai"), ("A Sãi", "Ba"))
    with database.writing("Gộp") as db:
        units.merge(db, [ids["Một"]], ids["Hai"])
        units.merge(db, [ids["Hai"]], ids["Ba"])
    assert meant(database, "một") == meant(database, "Hai") == "Ba"


def test_the_roll_of_a_class_keeps_the_unit_of_its_time(database: Database, class_id: int) -> None:
    unit = unit_ids(database)["Trạm Y tế"]
    with database.writing("Đổi tên") as db:
        units.rename(db, unit, "Trạm Y tế xã Thiện Long")
    with database.reading() as db:
        roll = {row.full_name: row.unit for row in enrolment.class_roll(db, class_id)}
        person = students.student_list(db, "ly thi binh")[0]
    assert roll["Lý Thị Bình"] == "Trạm Y tế"
    assert person.unit == "Trạm Y tế xã Thiện Long"


def test_an_old_commune_is_its_own_unit_until_the_merger_is_accepted(database: Database) -> None:
    add(database, ("Bàn Tòn Phin", "Xã Thiện Long"))
    assert meant(database, "Xã Tân Hòa") == "Xã Tân Hòa"


def test_an_accepted_merger_links_old_rosters_to_the_commune_of_today(database: Database) -> None:
    add(
        database,
        ("Bàn Tòn Phin", "Xã Tân Hòa"),
        ("Lý A Sài", "Xã Thiện Long"),
        ("Vi Thị Mỷ", "UBND xã Tân Hoà"),
    )
    with database.reading() as db:
        offered = [each for each in communes.offers(db) if each.unit_id is not None]
    acts = {each.old_name: (each.act, each.new_name) for each in offered}
    assert acts == {
        "UBND xã Tân Hoà": ("Đổi tên", "UBND xã Thiện Long"),
        "Xã Tân Hòa": ("Gộp", "Xã Thiện Long"),
    }
    with database.writing("Sáp nhập") as db:
        communes.accept(db, offered)
    assert sorted(unit_ids(database)) == ["UBND xã Thiện Long", "Xã Thiện Long"]
    assert meant(database, "Xã Tân Hòa") == "Xã Thiện Long"
    assert meant(database, "UBND xã Tân Hòa") == "UBND xã Thiện Long"


def test_the_old_names_of_a_commune_without_people_there_can_be_remembered(
    database: Database,
) -> None:
    add(database, ("Lý A Sài", "Xã Thiện Long"))
    with database.reading() as db:
        offered = communes.offers(db)
    assert {each.old_name for each in offered} == {"Xã Hòa Bình", "Xã Tân Hòa"}
    with database.writing("Sáp nhập") as db:
        communes.accept(db, offered)
        assert communes.offers(db) == []
    assert meant(database, "xã Hoà Bình") == "Xã Thiện Long"


@pytest.mark.parametrize("name", ["Xã Hoa Thám", "Trường Tiểu học Tân Hòa", "Xã Tân Hòa Đông"])
def test_a_name_that_did_not_change_is_left_alone(name: str) -> None:
    assert communes.renamed(name) == ""
