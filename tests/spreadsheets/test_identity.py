import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spreadsheets.identity import read_identity
from app.spreadsheets.phones import read_phone
from app.spreadsheets.sheets import Value


@pytest.mark.parametrize(
    ("written", "number", "codes"),
    [
        ("020190306953", "020190306953", []),
        (20191641747, "020191641747", ["id_leading_zero_restored"]),
        (1091641747, "001091641747", ["id_leading_zero_restored"]),
        (120191641747.0, "120191641747", []),
        ("020 085 009903", "020085009903", ["id_normalised"]),
        ("'020174199465", "020174199465", ["id_normalised"]),
        ("020079480857.0", "020079480857", ["id_normalised"]),
        ("CCCD: 020079480857 cấp 2021", "020079480857", ["id_normalised"]),
        ("081104663", "081104663", ["cmnd_9_digits"]),
        (82104663, "082104663", ["cmnd_9_digits", "id_leading_zero_restored"]),
        ("081104663 / 020079480857", "020079480857", ["two_ids"]),
        ("020079480857; 020079480858", "", ["two_ids"]),
        ("02009309223", "", ["invalid_id"]),
        ("0200930922312", "", ["invalid_id"]),
        ("O20065194867", "", ["invalid_id"]),
        ("０２０１９０３０６１２５", "", ["invalid_id"]),
        (12345, "", ["invalid_id"]),
        (1234567890123, "", ["invalid_id"]),
        ("2.00798E+10", "", ["id_unreadable"]),
        (20079800000, "", ["id_unreadable"]),
        (None, "", []),
        ("-", "", []),
        ("không có", "", []),
    ],
)
def test_only_a_certain_number_is_stored(written: Value, number: str, codes: list[str]) -> None:
    reading = read_identity(written)
    assert reading.value == number
    assert [finding.code for finding in reading.findings] == codes
    assert not any(finding.is_error for finding in reading.findings)


def test_a_format_of_zeros_shows_the_whole_number() -> None:
    assert read_identity(67967262, "0" * 12).value == "000067967262"


def test_the_sentence_counts_the_digits() -> None:
    (finding,) = read_identity("02009309223").findings
    assert finding.text.startswith("Số định danh có 11 chữ số, cần 12 (hoặc CMND 9).")


@pytest.mark.parametrize(
    ("written", "number", "codes"),
    [
        ("0852045469", "0852045469", []),
        (376869319, "0376869319", ["phone_leading_zero_restored"]),
        ("0814 210 380", "0814210380", []),
        ("0358.073.613", "0358073613", []),
        ("+84838008341", "0838008341", []),
        ("84838008341", "0838008341", []),
        ("01639714865", "01639714865", []),
        ("0205.3834.567", "02053834567", []),
        ("0912345678; 0987654321", "0912345678", ["two_phones"]),
        ("0912345678 - 0987654321", "0912345678", ["two_phones"]),
        ("12345", "", ["invalid_phone"]),
        ("ông Nam giữ", "", ["invalid_phone"]),
        (None, "", []),
    ],
)
def test_phones_begin_with_a_zero(written: Value, number: str, codes: list[str]) -> None:
    reading = read_phone(written)
    assert (reading.value, [finding.code for finding in reading.findings]) == (number, codes)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none()))
def test_what_is_stored_is_always_digits(value: Value) -> None:
    assert read_identity(value).value == "" or len(read_identity(value).value) in (9, 12)
    assert read_phone(value).value == "" or read_phone(value).value.isdecimal()


@pytest.mark.parametrize(
    ("written", "number", "code"),
    [
        ("ĐT: 0912 345 611", "0912345611", "phone_normalised"),
        ("+84912345612 (Zalo)", "0912345612", "phone_normalised"),
        ("0912345615 0987654324", "0912345615", "two_phones"),
        ("NR 02053812345, DĐ 0987.654.324", "02053812345", "two_phones"),
        ("O912345618", "", "invalid_phone"),
        ("09123456789012", "", "invalid_phone"),
    ],
)
def test_a_phone_number_among_words_is_found_and_told(written: str, number: str, code: str) -> None:
    reading = read_phone(written)
    assert (reading.value, [finding.code for finding in reading.findings]) == (number, [code])


@pytest.mark.parametrize("number_format", ["0", "000000000", "#,##0", "General"])
def test_few_digits_are_an_old_card_in_every_usual_format(number_format: str) -> None:
    assert read_identity(81104663, number_format).value == "081104663"
