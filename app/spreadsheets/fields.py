"""What a column of a roster may hold."""

from enum import StrEnum


class Field(StrEnum):
    """What a column of a roster may hold."""

    NUMBER = "number"
    FULL_NAME = "full_name"
    FAMILY_MIDDLE = "family_middle"
    MIDDLE = "middle"
    GIVEN = "given"
    BORN = "born"
    BIRTH_YEAR = "birth_year"
    BIRTH_MONTH = "birth_month"
    BIRTH_DAY = "birth_day"
    BORN_MALE = "born_male"
    BORN_FEMALE = "born_female"
    SEX = "sex"
    MALE_MARK = "male_mark"
    FEMALE_MARK = "female_mark"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    IDENTITY_NUMBER = "identity_number"
    OLD_IDENTITY_NUMBER = "old_identity_number"
    PHONE = "phone"
    EMAIL = "email"
    CODE = "code"
    POSITION_AND_UNIT = "position_and_unit"
    POSITION = "position"
    UNIT = "unit"
    CLASS_NAME = "class_name"
    HOME = "home"
    PARTY_CONFIRMED = "party_confirmed"
    PARTY_JOINED = "party_joined"
    GENERAL_EDUCATION = "general_education"
    POLITICAL_EDUCATION = "political_education"
    EDUCATION = "education"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The words shown to the user."""
        return LABELS[self]


LABELS = {
    Field.NUMBER: "Số thứ tự",
    Field.FULL_NAME: "Họ và tên",
    Field.FAMILY_MIDDLE: "Họ đệm",
    Field.MIDDLE: "Tên đệm",
    Field.GIVEN: "Tên",
    Field.BORN: "Ngày sinh",
    Field.BIRTH_YEAR: "Năm sinh",
    Field.BIRTH_MONTH: "Tháng sinh",
    Field.BIRTH_DAY: "Ngày sinh (ngày)",
    Field.BORN_MALE: "Ngày sinh của nam",
    Field.BORN_FEMALE: "Ngày sinh của nữ",
    Field.SEX: "Giới tính",
    Field.MALE_MARK: "Đánh dấu nam",
    Field.FEMALE_MARK: "Đánh dấu nữ",
    Field.ETHNICITY: "Dân tộc",
    Field.RELIGION: "Tôn giáo",
    Field.IDENTITY_NUMBER: "Số định danh",
    Field.OLD_IDENTITY_NUMBER: "Số CMND cũ",
    Field.PHONE: "Điện thoại",
    Field.EMAIL: "Thư điện tử",
    Field.CODE: "Mã học viên",
    Field.POSITION_AND_UNIT: "Chức vụ, đơn vị",
    Field.POSITION: "Chức vụ",
    Field.UNIT: "Đơn vị / chi bộ",
    Field.CLASS_NAME: "Lớp",
    Field.HOME: "Quê quán, nơi ở",
    Field.PARTY_CONFIRMED: "Ngày vào Đảng chính thức",
    Field.PARTY_JOINED: "Ngày vào Đảng",
    Field.GENERAL_EDUCATION: "Trình độ văn hóa",
    Field.POLITICAL_EDUCATION: "Lý luận chính trị",
    Field.EDUCATION: "Trình độ chuyên môn",
    Field.NOTE: "Ghi chú",
}
