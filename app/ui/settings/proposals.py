"""What the printed names probably are, from the full name of the centre; all of it editable."""

import re

from app.terms import DocumentFamily
from app.text import clean

_NAME = re.compile(
    r"(?P<centre>trung tâm .*?chính trị)\s+"
    r"(?P<unit>xã|phường|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)\s+(?P<place>.+)",
    re.IGNORECASE,
)
_COMMITTEES = {
    "huyện": "Huyện ủy",
    "quận": "Quận ủy",
    "thị xã": "Thị ủy",
    "thành phố": "Thành ủy",
    "tỉnh": "Tỉnh ủy",
}


def printed_names(name: str) -> dict[str, str]:
    """Propose parent line, centre line and place name; empty when the name says nothing."""
    found = _NAME.fullmatch(clean(name))
    if not found:
        return {}
    unit, place = found["unit"].lower(), found["place"]
    committee = _COMMITTEES.get(unit, f"Đảng ủy {unit}")
    return {
        "parent_line": f"{committee} {place}".upper(),
        "centre_line": found["centre"].upper(),
        "place_name": place,
    }


def certificate_pattern(family: DocumentFamily) -> str:
    """Number the certificate as other papers of the family are numbered."""
    return "{seq:03d}-GCN/{code}" if family is DocumentFamily.PARTY else "{seq:03d}/GCN-{code}"
