"""What the journal's tables, columns and stored values are called on the screen."""

import datetime
from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Date, DateTime, Integer

from app import dates, numbers
from app.dates import PartialDate
from app.journal import SECRET
from app.models import Base, base
from app.services import personal

TABLES = {
    "account": "Người dùng",
    "account_role": "Vai trò",
    "assessment_result": "Kết quả",
    "attendance_record": "Điểm danh",
    "centre": "Trung tâm",
    "certificate": "Giấy chứng nhận",
    "column_choice": "Cách đọc cột",
    "different_people": "Hai người khác nhau",
    "import_draft": "Bản nhập dở",
    "known_as": "Cách viết khác của",
    "workplace_name": "Tên khác của đơn vị",
    "class_session": "Buổi học",
    "classification_band": "Mức xếp loại",
    "closing_report": "Báo cáo tổng kết",
    "decision": "Quyết định",
    "enrolment": "Ghi danh",
    "learning_rule": "Quy tắc học tập",
    "lecturer": "Giảng viên",
    "programme": "Chương trình",
    "programme_version": "Bản chương trình",
    "setting": "Cài đặt",
    "signatory": "Người ký",
    "student": "Học viên",
    "teaching_assignment": "Phân công giảng dạy",
    "topic": "Nội dung chương trình",
    "training_class": "Lớp",
    "workplace": "Đơn vị",
}

# A column is called the same in every table, unless "table.column" says otherwise.
COLUMNS = {
    "absent_limit": "Số buổi vắng không phép được phép",
    "academic_title": "Học vị",
    "appointment": "Quyết định phân công",
    "assessment_name": "Hình thức kiểm tra",
    "assumptions": "Giá trị mặc định chưa xác nhận",
    "audience": "Đối tượng học",
    "authorisation": "Văn bản ủy quyền",
    "authority": "Ký thay",
    "born": "Ngày sinh",
    "causes": "Nguyên nhân",
    "centre_line": "Tên trên giấy",
    "certificate_pattern": "Mẫu số giấy chứng nhận",
    "certificate_title": "Tên trên giấy chứng nhận",
    "classification": "Xếp loại",
    "closed_on": "Ngày bế giảng",
    "code": "Mã",
    "commendations": "Khen thưởng",
    "communes_served": "Địa bàn",
    "confirmed_at": "Xác nhận lúc",
    "confirmed_by": "Người xác nhận",
    "convened": "Số triệu tập",
    "counts_as_good": "Tính là khá, giỏi",
    "document": "Giấy cấp khi học xong",
    "document_family": "Loại văn bản",
    "education": "Trình độ chuyên môn",
    "email": "Thư điện tử",
    "employment": "Loại giảng viên",
    "ends_on": "Ngày kết thúc",
    "entered_on": "Ngày vào học",
    "ethnicity": "Dân tộc",
    "excused_limit": "Số buổi vắng có phép được phép",
    "failed_at": "Lần sai mật khẩu gần nhất",
    "failures": "Số lần sai mật khẩu",
    "file_name": "Tệp",
    "full_name": "Họ và tên",
    "general_education": "Trình độ phổ thông",
    "half_day": "Buổi",
    "held_on": "Ngày học",
    "home_town": "Quê quán",
    "identity_number": "Số định danh",
    "intake": "Khóa, đợt",
    "is_absences_only": "Chỉ ghi vắng, muộn",
    "is_active": "Đang dùng",
    "is_assessed": "Có kiểm tra",
    "is_from_register": "Lấy từ sổ cũ",
    "issued_on": "Ngày cấp",
    "issuer": "Cơ quan ban hành",
    "kind": "Loại",
    "left_on": "Ngày thôi học",
    "legal_basis": "Căn cứ",
    "lessons": "Bài học",
    "limitations": "Hạn chế",
    "lower": "Từ điểm",
    "manager": "Chủ nhiệm lớp",
    "mark": "Điểm",
    "mark_places": "Số chữ số thập phân",
    "minimum_share": "Tỷ lệ dự học tối thiểu (phần trăm)",
    "minutes_late": "Số phút muộn",
    "name": "Tên",
    "note": "Ghi chú",
    "number": "Số",
    "numbers_used": "Số đã cấp trên giấy",
    "numbers_used_year": "Năm của số đã cấp",
    "parent_line": "Cơ quan cấp trên",
    "part_time_word": "Cách gọi kiêm chức",
    "partner": "Đơn vị phối hợp",
    "party_confirmed": "Ngày chính thức",
    "party_joined": "Ngày vào Đảng",
    "party_status": "Đảng viên",
    "pass_mark": "Điểm đạt",
    "passes": "Là mức đạt",
    "password": "Mật khẩu",
    "periods": "Số tiết",
    "phone": "Điện thoại",
    "place_name": "Địa danh",
    "plan": "Kế hoạch",
    "political_education": "Lý luận chính trị",
    "position": "Chức vụ",
    "printed_at": "In lúc",
    "proposals": "Kiến nghị",
    "reason": "Lý do",
    "register_number": "Số vào sổ",
    "register_pattern": "Mẫu số vào sổ",
    "religion": "Tôn giáo",
    "report_group": "Nhóm báo cáo",
    "report_recipients": "Nơi nhận báo cáo",
    "revocation_decision": "Quyết định thu hồi",
    "revocation_reason": "Lý do thu hồi",
    "revoked_on": "Ngày thu hồi",
    "role": "Vai trò",
    "rounded": "Điểm làm tròn",
    "salutation": "Cách xưng hô",
    "sessions": "Số buổi",
    "sex": "Giới tính",
    "short_code": "Ký hiệu",
    "short_name": "Tên gọn",
    "signatory": "Người ký",
    "signed_on": "Ngày ký",
    "staff_group": "Nhóm cán bộ",
    "starts_on": "Ngày khai giảng",
    "status": "Trạng thái",
    "strengths": "Ưu điểm",
    "title": "Tiêu đề",
    "unit": "Đơn vị",
    "valid_from": "Từ ngày",
    "valid_to": "Đến ngày",
    "value": "Giá trị",
    "venue": "Địa điểm",
    "verdict": "Kết luận",
    "workplace": "Nơi công tác",
    "year": "Năm",
    "class_session.number": "Buổi số",
    "class_session.title": "Nội dung",
    "learning_rule.unit": "Cách tính",
    "programme.position": "Thứ tự",
    "programme_version.number": "Bản số",
    "signatory.title": "Chức danh",
    "topic.position": "Thứ tự",
    "topic.title": "Nội dung",
}

# Keys and what the program computes or freezes: of no use to a reader of the history.
HIDDEN = {
    "chosen_at",
    "columns",
    "content",
    "decided_at",
    "saved_at",
    "sender",
    "signature",
    "id",
    "sort_key",
    "fold",
    "created_at",
    "frozen_rules",
    "frozen_sheet",
    "issued_at",
    "layout",
    "register_sequence",
    "register_year",
    "sheet",
    "sheet_hash",
}
PRIVATE = {"identity_number", "phone"}


def word(table: str, column: str) -> str:
    """Return what a column is called."""
    return COLUMNS.get(f"{table}.{column}") or COLUMNS[column]


def has_word(table: str, column: str) -> bool:
    """Tell whether people have a word for the column."""
    return f"{table}.{column}" in COLUMNS or column in COLUMNS


def is_shown(column: "Column[Any]") -> bool:
    """Tell whether a change of the column says anything; references are named by their record."""
    return column.name not in HIDDEN and not column.foreign_keys


def shown(column: "Column[Any]", stored: Any) -> str:
    """Return a stored value as the screens write it; identity and phone numbers masked."""
    if stored is None or stored == "":
        return ""
    if str(stored).startswith(SECRET):
        return SECRET
    if column.name in PRIVATE:
        return personal.mask(str(stored))
    return _as_text(column)(stored)


def _as_text(column: "Column[Any]") -> Callable[[Any], str]:
    kind = column.type
    if isinstance(kind, base.TermType):
        return lambda stored: str(kind.term.of(stored).label)
    if isinstance(kind, base.PartialDateType):
        return lambda stored: PartialDate.from_iso(stored).grid
    if isinstance(kind, base.Hundredths):
        return lambda stored: numbers.decimal(stored / 100, 2).removesuffix("0").removesuffix(",0")
    if isinstance(kind, DateTime):
        return lambda stored: f"{_local(stored):%H:%M %d/%m/%Y}"
    if isinstance(kind, Date):
        return lambda stored: dates.grid(datetime.date.fromisoformat(stored))
    if column.name.startswith(("is_", "passes", "counts_")):
        return lambda stored: "có" if stored else "không"
    return numbers.grouped if isinstance(kind, Integer) and column.name != "year" else str


def _local(stored: str) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(stored)
    return moment.replace(tzinfo=moment.tzinfo or datetime.UTC).astimezone()


def table_columns(table: str) -> dict[str, "Column[Any]"]:
    """Return the columns of a table by name."""
    return dict(Base.metadata.tables[table].columns.items())
