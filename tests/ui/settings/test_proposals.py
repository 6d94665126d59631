"""What is proposed from the centre's full name."""

import pytest

from app.terms import DocumentFamily
from app.ui.settings import proposals


@pytest.mark.parametrize(
    ("name", "parent", "place"),
    [
        ("Trung tâm Chính trị xã An Bình", "ĐẢNG ỦY XÃ AN BÌNH", "An Bình"),
        ("trung tâm chính trị phường Tân Hòa", "ĐẢNG ỦY PHƯỜNG TÂN HÒA", "Tân Hòa"),
        ("Trung tâm Chính trị  đặc khu Cô Tô ", "ĐẢNG ỦY ĐẶC KHU CÔ TÔ", "Cô Tô"),
        ("Trung tâm Chính trị huyện Đông Anh", "HUYỆN ỦY ĐÔNG ANH", "Đông Anh"),
        ("Trung tâm Chính trị thị xã Sơn Tây", "THỊ ỦY SƠN TÂY", "Sơn Tây"),
    ],
)
def test_lines_come_from_the_name(name: str, parent: str, place: str) -> None:
    found = proposals.printed_names(name)
    assert found["parent_line"] == parent
    assert found["centre_line"] == "TRUNG TÂM CHÍNH TRỊ"
    assert found["place_name"] == place


def test_the_old_name_of_centres_is_kept_in_the_line() -> None:
    found = proposals.printed_names("Trung tâm Bồi dưỡng chính trị huyện Ba Vì")
    assert found["centre_line"] == "TRUNG TÂM BỒI DƯỠNG CHÍNH TRỊ"


@pytest.mark.parametrize("name", ["", "Trung tâm", "Trường Chính trị tỉnh", "Trung tâm Chính trị"])
def test_nothing_is_proposed_from_another_name(name: str) -> None:
    assert proposals.printed_names(name) == {}


def test_numbers_follow_the_family_of_papers() -> None:
    patterns = [proposals.certificate_pattern(family) for family in DocumentFamily]
    assert patterns == ["{seq:03d}-GCN/{code}", "{seq:03d}/GCN-{code}"]
