"""The centre's identity through time and those who sign for it."""

import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, TermType, term_check
from app.terms import DocumentFamily


class Centre(HasId, Base):
    """What is printed in the letterhead from a date on; old papers keep the old name."""

    __tablename__ = "centre"
    __table_args__ = (
        term_check("document_family", DocumentFamily),
        CheckConstraint("numbers_used >= 0", name="numbers_used"),
    )

    valid_from: Mapped[datetime.date] = mapped_column(unique=True)
    name: Mapped[str]  # "Trung tâm Chính trị xã An Bình"
    parent_line: Mapped[str]  # upper line of the letterhead: "ĐẢNG ỦY XÃ AN BÌNH"
    centre_line: Mapped[str]  # lower line: "TRUNG TÂM CHÍNH TRỊ"
    place_name: Mapped[str]  # before the date: "An Bình"
    short_code: Mapped[str]  # in document numbers: "TTCT"
    communes_served: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    document_family: Mapped[DocumentFamily] = mapped_column(TermType(DocumentFamily))
    part_time_word: Mapped[str] = mapped_column(default="kiêm chức")
    salutation: Mapped[str] = mapped_column(default="Đồng chí")
    report_recipients: Mapped[str] = mapped_column(default="")  # one per line
    certificate_pattern: Mapped[str] = mapped_column(default="{seq:03d}-GCN/{code}")
    register_pattern: Mapped[str] = mapped_column(default="{seq:03d}/{yyyy}")
    numbers_used: Mapped[int] = mapped_column(default=0)  # taken on paper in numbers_used_year
    numbers_used_year: Mapped[int] = mapped_column(default=0)


class Signatory(HasId, Base):
    """A person who signs certificates and reports, from a date to a date (HD 154-HD/BTGTW)."""

    __tablename__ = "signatory"

    name: Mapped[str]
    title: Mapped[str]  # "GIÁM ĐỐC" or "PHÓ GIÁM ĐỐC"
    authority: Mapped[str] = mapped_column(default="")  # "K/T GIÁM ĐỐC" above the title
    authorisation: Mapped[str] = mapped_column(default="")  # the paper that lets a deputy sign
    valid_from: Mapped[datetime.date]
    valid_to: Mapped[datetime.date | None]
