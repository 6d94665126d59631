"""Which words of a column heading mean which field: the table of synonyms.

Headings are compared squashed: folded, letters and digits only ("Họ và tên" → "hovaten"), so
that accents, capitals, line breaks, "HoTen" and "Họ, tên" are one. The first field whose pattern
matches wholly wins; the order within FIELDS is the order of trust.
"""

import re
from functools import lru_cache

from app.spreadsheets.fields import Field
from app.text import clean, fold

_WHO = (
    r"(?:cua)?(?:nguoi)?(?:hoc|canbo|congchuc|vienchuc|hocvien|hv|sinhvien|sv|hocsinh|hs|dangvien"
    r"|doanvien|hoivien|quanchung|giaovien|gv|nhanvien|nv|daibieu|dongchi|dc|uyvien|capuyvien|cb"
    r"|ungvien|thisinh|thamdu|duhoc|laodong|cutri|congdan|uutu)*"
)
_PLACE = r"(?:donvi|coquan|noi|tochuc)"
_ID = r"(?:cccd|cancuoc(?:congdan)?|cmnd|cmt|cmtnd|chungminh(?:nhandan|thu)?|dinhdanh(?:canhan)?)"

FIELDS: tuple[tuple[Field, str], ...] = (
    (Field.NUMBER, r"stt|tt|sott|sothutu|thutu|no"),
    (
        Field.FAMILY_MIDDLE,
        r"ho(?:va)?(?:ten)?(?:chu)?(?:dem|lot)|ho(?:va)?(?:ten)(?:dem|lot)|ho|hovalot",
    ),
    (
        Field.FULL_NAME,
        rf"(?:ho(?:va)?(?:chu)?(?:dem|lot)?(?:va)?ten|hoten){_WHO}(?:khaisinh|daydu|(?:viet|chu)*"
        rf"(?:inhoa|hoa)|codau)?|ten{_WHO[:-1]}+|fullname|hovatendaydu|hotenkhaisinh|danhtinh",
    ),
    (Field.MIDDLE, r"(?:ten)?(?:chu)?(?:dem|lot)"),
    (Field.GIVEN, r"ten(?:goi)?|firstname"),
    (Field.BIRTH_YEAR, r"nam(?:sinh)"),
    (
        Field.BORN,
        r"(?:ngay)?(?:thang)?(?:va)?(?:nam)?sinh(?:ddmmyyyy|ngaythangnam)?|sinh(?:ngay)?(?:thang)?"
        r"(?:nam)?|ntns|ntnsinh|ngaythangnam|ngaysinhnamsinh|namsinhngaysinh|dob|dateofbirth"
        r"|birthday|birthdate|ngaysinhthangnamsinh|ngaysinhhocvien",
    ),
    (Field.SEX, r"gioitinh|gtinh|gioi|gt|phai|nam(?:hoac)?nu|sex|gender|gioitinhnam(?:hoac)?nu"),
    (Field.FEMALE_MARK, r"nu|lanu|gioitinhnu|phainu|danhdaunu"),
    (Field.ETHNICITY, r"(?:ten|thanhphan)?dantoc|dtoc"),
    (Field.RELIGION, r"(?:ten)?tongiao|tgiao"),
    (
        Field.IDENTITY_NUMBER,
        rf"(?:so)?(?:the|ma)?(?:so)?(?:{_ID}(?:hoac|so|va|moi)*)+|cc|socc|ccccd|sogiayto(?:tuythan)?",
    ),
    (
        Field.PHONE,
        r"(?:so)?(?:dienthoai|dthoai|sdt|didong|dtdd|dt|dtdidong|dienthoaididong)(?:didong|lienhe"
        r"|lienlac|canhan|hocvien)?|phone(?:number)?|mobile|tel|zalo|(?:sdt|dienthoai)zalo",
    ),
    (Field.EMAIL, r"(?:diachi)?(?:e?mail|thudientu|hopthu)(?:canhan|lienhe)?"),
    (
        Field.CODE,
        r"m(?:a)?(?:so)?(?:dinhdanhhocvien|hocvien|hv|sinhvien|sv|hocsinh|hs|nhanvien|nv|canbo|cb"
        r"|congchuc|vienchuc|cbccvc|giaovien|gv|dangvien|doanvien|hoivien|the|nguoihoc)"
        r"|ma|maso|mssv|mshv|sobaodanh|sbd|sochungchi|id",
    ),
    (
        Field.POSITION_AND_UNIT,
        rf"(?:chucvu|chucdanh|chucdanhchucvu|chucvuchucdanh)(?:va)?(?:hiennay)?"
        rf"{_PLACE}(?:congtac|lamviec|sinhhoat|hiennay)*"
        rf"|{_PLACE}(?:congtac)?(?:va)?(?:chucvu|chucdanh)(?:congtac)?",
    ),
    (
        Field.POSITION,
        r"(?:chucvu|chucdanh|chucdanhchucvu|chucvuchucdanh|cv|nghenghiep|nhiemvu|congviec)"
        r"(?:hientai|hiennay|hiengiu|congtac|duocgiao|dangdoanthe|damnhiem|chinh)*",
    ),
    (
        Field.UNIT,
        r"(?:ten)?(?:donvi|coquan|coquandonvi|donvicoquan|dangbo|chibo|dangbochibo|chibodangbo"
        r"|tochuccosodang|tochucdang|donvicu|phongban|truong|tentruong|coso)"
        r"(?:congtac|lamviec|sinhhoat|sinhhoatdang|hiennay|cucongtac|truongcongtac|cudi|cu|dang"
        r"|truong|hientai|hoac|chibo|dangbo|donvi|coquan)*"
        r"|noi(?:dang)?(?:congtac|lamviec|sinhhoat|sinhhoatdang)(?:hiennay)?"
        r"|xa|xathitran|xaphuong(?:thitran)?|diaphuong|dv|dvct|donvixa|thuocdonvi|thuocxa",
    ),
    (Field.CLASS_NAME, r"(?:ten|ma)?lop(?:hoc)?"),
    (Field.HOME, r"quequan|que|nguyenquan"),
    (
        Field.PARTY_CONFIRMED,
        r"(?:ngay)?(?:thang)?(?:nam)?(?:vaodang|congnhan)?(?:dangvien)?chinhthuc"
        r"|(?:ngay)?(?:thang)?(?:nam)?vaodang(?:csvn)?chinhthuc",
    ),
    (
        Field.PARTY_JOINED,
        r"(?:ngay)?(?:thang)?(?:nam)?(?:vao|ketnap)(?:vao)?(?:dang)?(?:csvn|cosanvietnam)?(?:dubi)?"
        r"|dubi|dangviendubi|ngaydubi",
    ),
    (
        Field.GENERAL_EDUCATION,
        r"(?:trinhdo|td)?(?:vanhoa|vh|hocvan|vanhoaphothong|giaoducphothong|gdpt|phothong)",
    ),
    (
        Field.POLITICAL_EDUCATION,
        r"(?:trinhdo|td)?(?:llct|lyluan|ll|lyluanchinhtri|chinhtri|lyluanct)",
    ),
    (
        Field.EDUCATION,
        r"(?:trinhdo|td)?(?:chuyenmon|cm|cmnv|chuyenmonnghiepvu|daotao)|trinhdo|bangcap",
    ),
    (Field.NOTE, r"ghichu|note|chuthich|ghichukhac"),
)

__all__ = ["FIELDS", "Field", "field_below", "field_of", "squash"]

_PATTERNS = tuple((field, re.compile(pattern)) for field, pattern in FIELDS)
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")


def squash(heading: str) -> str:
    """A heading as compared: folded, letters and digits only."""
    return _NOT_LETTERS.sub("", fold(heading))


@lru_cache(maxsize=4096)
def field_of(heading: str) -> Field | None:
    """The field that a heading names, with or without what stands in brackets."""
    if clean(heading).casefold() == "nam":
        return Field.MALE_MARK
    for words in (squash(heading), squash(_BRACKETS.sub("", heading))):
        for field, pattern in _PATTERNS:
            if words and pattern.fullmatch(words):
                return field
    return None


def field_below(parent: Field | None, heading: str) -> Field | None:
    """The field of a sub-heading that only its parent explains."""
    word = clean(heading).casefold()
    if parent in (Field.BORN, Field.BIRTH_YEAR):
        below_birth = {"nam": Field.BORN_MALE, "nữ": Field.BORN_FEMALE, "nu": Field.BORN_FEMALE}
        parts = {"ngày": Field.BIRTH_DAY, "tháng": Field.BIRTH_MONTH, "năm": Field.BIRTH_YEAR}
        return (below_birth | parts).get(word)
    if parent is Field.SEX:
        return {"nam": Field.MALE_MARK, "nữ": Field.FEMALE_MARK, "nu": Field.FEMALE_MARK}.get(word)
    if parent is Field.FULL_NAME:
        below_name = {"họ": Field.FAMILY_MIDDLE, "họ đệm": Field.FAMILY_MIDDLE}
        return (below_name | {"đệm": Field.MIDDLE, "tên": Field.GIVEN}).get(word)
    return None
