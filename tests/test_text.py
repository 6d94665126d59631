"""Normal form, folding and the order of Vietnamese names (FORMATS §8.4, FINDINGS C.1.6)."""

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text import (
    clean,
    fold,
    initials,
    is_bare,
    matches,
    proper_case,
    sort_key,
    split_name,
    word_key,
)

CHECKED_ORDER = [
    *("Dương An", "Đinh An", "Hoàng An", "Nguyễn Thanh An", "Nguyễn Thị An", "Nguyễn Văn An"),
    *("Bùi Thị Ánh", "Vũ Ánh", "Đỗ Ân", "Nguyễn Ẩn", "Lê Ngọc Bích", "Lý Bình"),
    *("Nguyễn Thị Bính", "Trần Dũng", "Lê Thị Dương", "Nguyễn Văn Đạt", "Phạm Đức", "Tô Hoa"),
    *("Tô Hòa", "Tô Hỏa", "Tô Hóa", "Tô Hoạ", "Tô Hoan", "Lò Ôn", "Quàng Thị Ơn", "Vàng U"),
    "Giàng A Ư",
]
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONED = (
    *("aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị"),
    *("oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ"),
)
SOME = settings(max_examples=100, deadline=None)
names = st.text(st.sampled_from(LETTERS + "".join(TONED) + LETTERS.upper() + "Ễ '-  "), max_size=30)


def test_people_come_in_the_checked_order() -> None:
    shuffled = CHECKED_ORDER[:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == CHECKED_ORDER


@pytest.mark.parametrize(
    ("old", "new"),
    [("Tô Hoà", "Tô Hòa"), ("Tô Hoá", "Tô Hóa"), ("Thuỷ", "Thủy"), ("Khoẻ", "Khỏe")],
)
def test_old_and_new_tone_placement_are_equal_in_order_and_search(old: str, new: str) -> None:
    assert sort_key(old) == sort_key(new)
    assert fold(old) == fold(new)
    assert clean(old) != clean(new)


def test_letters_follow_the_alphabet_in_any_case() -> None:
    keys = [word_key(letter) for letter in LETTERS]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(LETTERS)
    assert keys == [word_key(letter.upper()) for letter in LETTERS]


@pytest.mark.parametrize("group", TONED)
def test_tones_follow_khong_dau_huyen_hoi_nga_sac_nang(group: str) -> None:
    keys = [word_key(letter) for letter in group]
    assert keys == sorted(keys)
    assert len(set(keys)) == 6


def test_a_tone_counts_less_than_the_next_letter_and_more_than_the_next_syllable() -> None:
    assert word_key("Hoạ") < word_key("Hoan")
    assert word_key("Hoa Xuân") < word_key("Hòa An")


def test_punctuation_comes_before_digits_and_digits_before_letters() -> None:
    assert word_key("H'Mok") < word_key("H2") < word_key("Ha")
    assert word_key("H'Mok") == word_key("H’Mok")
    assert word_key("Tổ 2") < word_key("Tổ 3")


def test_a_foreign_letter_stands_with_its_base_and_other_scripts_come_last() -> None:
    assert word_key("Müller") == word_key("Muller")
    assert word_key("zz") < word_key("北")


def test_dj_folds_to_d_and_eth_is_taken_for_dj() -> None:
    assert clean("Ðặng Ðình ðạt") == "Đặng Đình đạt"
    assert fold("ĐẶNG Đình Đạt") == fold("Ðặng đinh dat") == "dang dinh dat"


def test_composed_and_decomposed_text_are_one() -> None:
    composed = "Nguyễn Thị Hằng"
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert clean(decomposed) == composed
    assert sort_key(decomposed) == sort_key(composed)


def test_spaces_and_invisible_characters_are_tidied() -> None:
    assert clean("\u00a0 Nguyễn\t Văn\u200b\r\n An\ufeff ") == "Nguyễn Văn An"
    assert clean("a\x00b\ud800") == "ab"
    assert clean(" \u00a0 ") == ""


@pytest.mark.parametrize(
    ("full_name", "parts"),
    [
        ("Nguyễn Văn An", ("Nguyễn Văn", "An")),
        ("Giàng A Páo", ("Giàng A", "Páo")),
        ("K'Brôi", ("", "K'Brôi")),
        ("Y Ê-Ban", ("Y", "Ê-Ban")),
        ("", ("", "")),
    ],
)
def test_a_name_is_split_at_its_last_space(full_name: str, parts: tuple[str, str]) -> None:
    assert split_name(full_name) == parts


def test_every_word_of_a_query_must_occur() -> None:
    folded = fold("Nguyễn Thị Hằng, Chi bộ Đồng Tâm")
    assert matches("hang dong", folded)
    assert matches("THỊ hằ", folded)
    assert matches("", folded)
    assert not matches("hang dung", folded)


def test_proper_case_is_proposed_for_names_of_every_kind() -> None:
    assert proper_case("nguyễn  văn an") == "Nguyễn Văn An"
    assert proper_case("NGUYỄN THỊ ÁNH") == "Nguyễn Thị Ánh"
    assert proper_case("h'mok niê") == "H'Mok Niê"


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Nguyen Thi Hanh", True), ("Thị Hanh", False), ("Đo Van", False), ("Y Đăm", False)],
)
def test_the_key_of_a_name_tells_whether_it_was_written_without_marks(
    name: str, bare: bool
) -> None:
    assert is_bare(sort_key(name)) is bare


def test_initials_are_folded() -> None:
    assert initials("Đỗ Ánh Ẩn") == "daa"


@SOME
@given(st.text(max_size=40))
def test_cleaning_and_folding_twice_change_nothing_more(s: str) -> None:
    assert clean(clean(s)) == clean(s)
    assert fold(fold(s)) == fold(s)
    assert fold(clean(s)) == fold(s)


@SOME
@given(names)
def test_keys_ignore_case_and_composition(name: str) -> None:
    assert sort_key(name.upper()) == sort_key(name)
    assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(name)
    assert fold(name).isascii()


@SOME
@given(names, names)
def test_names_with_equal_keys_differ_at_most_in_case_and_tone_place(
    first: str, second: str
) -> None:
    if sort_key(first) == sort_key(second):
        assert fold(first) == fold(second)


@SOME
@given(st.text(st.sampled_from("abnhđăâuư"), min_size=1), st.data())
def test_a_longer_toneless_syllable_comes_after_its_beginning(
    syllable: str, data: st.DataObject
) -> None:
    length = data.draw(st.integers(0, len(syllable) - 1))
    assert word_key(syllable[:length]) < word_key(syllable)
