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
_PLACE = r"(?:donvi|dv|coquan|noi|tochuc)"
_OLD_ID = r"(?:cmnd|cmt|cmtnd|chungminh(?:nhandan|thu)?)"
_ID = rf"(?:cccd|cancuoc(?:congdan)?|{_OLD_ID}|dinhdanh(?:canhan)?|ddcn)"

FIELDS: tuple[tuple[Field, str], ...] = (
    (Field.NUMBER, r"stt|tt|sott|sothutu|thutu|no"),
    (
        Field.FAMILY_MIDDLE,
        r"ho(?:va)?(?:ten)?(?:chu)?(?:dem|lot)|ho(?:va)?(?:ten)(?:dem|lot)|ho(?:va)?|hovalot"
        r"|lastname|surname|familyname",
    ),
    (
        Field.FULL_NAME,
        rf"(?:ho(?:va)?(?:chu)?(?:dem|lot)?(?:va)?ten|hoten){_WHO}(?:khaisinh|daydu|(?:viet|chu)*"
        rf"(?:inhoa|hoa)|codau)?|ten{_WHO[:-1]}+|fullname|hovatendaydu|hotenkhaisinh|danhtinh",
    ),
    (Field.MIDDLE, r"(?:ten)?(?:chu)?(?:dem|lot)|middlename"),
    (Field.GIVEN, r"ten(?:goi)?|firstname|givenname"),
    (Field.BIRTH_YEAR, r"namsinh"),
    (Field.BIRTH_MONTH, r"thangsinh"),
    (
        Field.BORN,
        r"(?:ngay)?(?:thang|th)?(?:va)?(?:nam)?sinh(?:ddmmyyyy|ngaythangnam)?|sinh(?:ngay)?(?:thang)?"
        r"(?:nam)?|ns|ntns|ntnsinh|ngaythangnam|ngaysinhnamsinh|namsinhngaysinh|tuoinamsinh|dob|dateofbirth"
        r"|birthday|birthdate|nsinh|ngaysinhthangnamsinh"
        rf"|(?:ngay|nam)sinh{_WHO[:-1]}+",
    ),
    (Field.BORN_MALE, r"(?:ngay(?:thang)?(?:nam)?|nam)sinh(?:cua)?(?:hocvien)?nam"),
    (Field.BORN_FEMALE, r"(?:ngay(?:thang)?(?:nam)?|nam)sinh(?:cua)?(?:hocvien)?nu"),
    (Field.SEX, r"gioitinh|gtinh|gioi|gt|phai|nam(?:hoac)?nu|sex|gender|gioitinhnam(?:hoac)?nu"),
    (Field.FEMALE_MARK, r"nu|lanu|gioitinhnu|phainu|danhdaunu"),
    (Field.ETHNICITY, r"(?:ten|thanhphan)?dantoc|dtoc|ethnic(?:ity|group)?"),
    (Field.RELIGION, r"(?:ten|theo)?tongiao|tgiao|religion"),
    (Field.OLD_IDENTITY_NUMBER, rf"(?:so)?(?:giay)?{_OLD_ID}(?:cu)?(?:9so)?"),
    (
        Field.IDENTITY_NUMBER,
        rf"(?:so)?(?:the|ma)?(?:so)?(?:{_ID}(?:hoac|so|va|moi)*)+|cc|socc|ccccd|sogiayto(?:tuythan)?"
        r"|(?:national|citizen|personal)?id(?:entity)?(?:card)?(?:number|no)|(?:citizen|national)id",
    ),
    (
        Field.PHONE,
        r"(?:so)?(?:dienthoai|dthoai|sdt|didong|dtdd|dt|dtdidong|dienthoaididong)(?:didong|lienhe"
        r"|lienlac|canhan|hocvien)?|somay|phone(?:number)?|mobile|tel|zalo|(?:sdt|dienthoai)zalo",
    ),
    (Field.EMAIL, r"(?:diachi)?(?:e?mail|thudientu|hopthu)(?:canhan|lienhe|address)?"),
    (
        Field.CODE,
        r"m(?:a)?(?:so)?(?:dinhdanhhocvien|hocvien|hv|sinhvien|sv|hocsinh|hs|nhanvien|nv|canbo|cb"
        r"|congchuc|vienchuc|cbccvc|giaovien|gv|dangvien|doanvien|hoivien|the|nguoihoc)"
        r"|ma|maso|mssv|mshv|sobaodanh|sbd|sochungchi|id",
    ),
    (
        Field.POSITION_AND_UNIT,
        rf"(?:chucvu|chucdanh|chucdanhchucvu|chucvuchucdanh|nghenghiep)(?:va)?(?:hiennay)?"
        rf"{_PLACE}(?:congtac|lamviec|sinhhoat|hiennay)*"
        rf"|{_PLACE}(?:congtac)?(?:va)?(?:chucvu|chucdanh)(?:congtac)?",
    ),
    (
        Field.POSITION,
        r"(?:chucvu|chucdanh|chucdanhchucvu|chucvuchucdanh|cv|nghenghiep|nhiemvu|congviec|vitri)"
        r"(?:hientai|hiennay|hiengiu|hien|vieclam|congtac|duocgiao|damnhiem|chinh|dang|chinhquyen|doanthe)*"
        r"|cvu|position|jobtitle",
    ),
    (
        Field.UNIT,
        r"(?:ten|thuoc)?(?:donvi|coquan|coquandonvi|donvicoquan|dangbo|chibo|dangbochibo|chibodangbo"
        r"|tochuccosodang|tochucdang|donvicu|phongban|truong|tentruong|coso)"
        r"(?:congtac|lamviec|sinhhoat|sinhhoatdang|hiennay|cucongtac|truongcongtac|cudi|cu|hoc|dang|tructhuoc"
        r"|truong|hientai|hoac|chibo|dangbo|donvi|coquan)*"
        r"|noi(?:dang)?(?:congtac|lamviec|sinhhoat|sinhhoatdang)+(?:hiennay)?"
        r"|sinhhoat(?:dang)?tai(?:chibo|dangbo)|diachicongtac"
        r"|xa|xathitran|xaphuong(?:thitran)?|diaphuong|dv|dvi|dvct|donvixa|thuocdonvi|thuocxa"
        r"|organi[sz]ation|unit|workplace|department",
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
        r"(?:ngay|thoigian)?(?:thang)?(?:nam)?(?:vao|ketnap)(?:vao)?(?:dang|d)?(?:csvn|cosanvietnam)?"
        r"(?:dubi)?"
        r"|dubi|dangviendubi|ngaydubi|(?:vao|ketnap)dangngay",
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
        r"(?:trinhdo|td|bangcap)?(?:hocvan)?(?:chuyenmondaotao|chuyenmon|cm|cmnv|chuyenmonnghiepvu|daotao)|trinhdo|bangcap",
    ),
    (Field.NOTE, r"ghichu|notes?|remarks?|chuthich|ghichukhac"),
)

__all__ = ["FIELDS", "Field", "field_below", "field_nearly", "field_of", "read_together", "squash"]

_BELOW_BIRTH = {
    "nam": Field.BORN_MALE,
    "nu": Field.BORN_FEMALE,
    "ngay": Field.BIRTH_DAY,
    "thang": Field.BIRTH_MONTH,
}
_BELOW: dict[Field, dict[str, Field]] = {
    Field.BORN: _BELOW_BIRTH,
    Field.BIRTH_YEAR: _BELOW_BIRTH,
    Field.SEX: {"nam": Field.MALE_MARK, "nu": Field.FEMALE_MARK},
    Field.FULL_NAME: {
        "ho": Field.FAMILY_MIDDLE,
        "hodem": Field.FAMILY_MIDDLE,
        "dem": Field.MIDDLE,
        "ten": Field.GIVEN,
    },
}
"""The fields of sub-headings that only the heading above explains."""

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
    if parent in (Field.BORN, Field.BIRTH_YEAR) and clean(heading).casefold() == "năm":
        return Field.BIRTH_YEAR
    return _BELOW.get(parent, {}).get(squash(heading)) if parent else None


def read_together(fields: dict[int, Field]) -> dict[int, Field]:
    """The fields of headings that mean something else beside each other.

    Beside a month "NAM" without its accent is the year of birth, and "Ngày sinh" may be the day
    alone. A number of an old identity card is old only where a new one stands too.
    """
    found = set(fields.values())
    meant: dict[Field, Field] = {}
    if Field.BIRTH_MONTH in found and Field.BORN_FEMALE not in found:
        meant[Field.BORN_MALE] = Field.BIRTH_YEAR
    if Field.BIRTH_MONTH in found and Field.BIRTH_DAY not in found:
        meant[Field.BORN] = Field.BIRTH_DAY
    if Field.IDENTITY_NUMBER not in found:
        meant[Field.OLD_IDENTITY_NUMBER] = Field.IDENTITY_NUMBER
    return {column: meant.get(field, field) for column, field in fields.items()}


@lru_cache(maxsize=4096)
def field_nearly(heading: str) -> Field | None:
    """The field of a usual heading with one slip of the finger, or with more after a slash."""
    first, slash, _ = heading.partition("/")
    if slash and (found := field_of(first)):
        return found
    words = squash(heading)
    return next((field for field, slips in _SLIPS if slips.fullmatch(words)), None)


def _slips(word: str) -> str:
    """A pattern of a word with a letter too many, another, missing or two exchanged."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    changed = [f"{before}.?{after[1:]}" for before, after in cuts if after]
    added = [f"{before}.{after}" for before, after in cuts]
    swapped = [f"{before}{after[1]}{after[0]}{after[2:]}" for before, after in cuts if after[1:]]
    return "|".join(changed + added + swapped)


_USUAL = {
    "ngaysinh": Field.BORN,
    "ngaythangnamsinh": Field.BORN,
    "namsinh": Field.BIRTH_YEAR,
    "gioitinh": Field.SEX,
    "dantoc": Field.ETHNICITY,
    "tongiao": Field.RELIGION,
    "socccd": Field.IDENTITY_NUMBER,
    "sodinhdanh": Field.IDENTITY_NUMBER,
    "dienthoai": Field.PHONE,
    "sodienthoai": Field.PHONE,
    "chucvu": Field.POSITION,
    "donvicongtac": Field.UNIT,
    "ngayvaodang": Field.PARTY_JOINED,
    "ghichu": Field.NOTE,
}
_SLIPS = tuple((field, re.compile(_slips(word))) for word, field in _USUAL.items())
