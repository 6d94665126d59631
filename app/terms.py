"""Closed vocabularies with their Vietnamese words; each stands here once."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A stored code word with the Vietnamese word that is shown for it."""

    label: str

    def __new__(cls, code: str, label: str) -> "Term":
        """Make a member from its stored code and its shown label."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def of(cls, code: str) -> Self:
        """Return the member with this stored code (ValueError for an unknown one)."""
        for member in cls:
            if member.value == code:
                return member
        raise ValueError(f"{cls.__name__}: {code}")


class ClassStatus(Term):
    """The five steps of a class, in order."""

    PLANNED = "planned", "Dự kiến"
    RECRUITING = "recruiting", "Chiêu sinh"
    RUNNING = "running", "Đang học"
    FINALISED = "finalised", "Chốt kết quả"
    CLOSED = "closed", "Bế giảng"

    @property
    def step(self) -> int:
        """Position in the order of work, 0 to 4."""
        return list(ClassStatus).index(self)


class HalfDay(Term):
    """When a class session is held (RULES §3.5)."""

    MORNING = "morning", "Sáng"
    AFTERNOON = "afternoon", "Chiều"
    EVENING = "evening", "Tối"

    @property
    def letter(self) -> str:
        """S, C or T, as printed in the attendance sheet."""
        return self.label[0]

    @property
    def order(self) -> int:
        """Order within a day."""
        return list(HalfDay).index(self)


class SessionKind(Term):
    """What a class session is (RULES §2.3)."""

    LECTURE = "lecture", "Bài giảng"
    DISCUSSION = "discussion", "Thảo luận"
    FIELD_TRIP = "field_trip", "Thực tế"
    REVIEW = "review", "Hệ thống"
    ASSESSMENT = "assessment", "Thu hoạch"
    CEREMONY = "ceremony", "Khai giảng, bế giảng"


class AttendanceStatus(Term):
    """How a learner was in one class session (RULES R06); late counts as present."""

    PRESENT = "present", "có mặt"
    LATE = "late", "đi muộn"
    EXCUSED = "excused", "vắng có phép"
    ABSENT = "absent", "vắng không phép"

    @property
    def code(self) -> str:
        """The mark of the paper sheet and of the grid: x, M, P or K."""
        return {"present": "x", "late": "M", "excused": "P", "absent": "K"}[self.value]

    @property
    def attends(self) -> bool:
        """Whether the learner counts as having been there."""
        return self in (AttendanceStatus.PRESENT, AttendanceStatus.LATE)


class Verdict(Term):
    """Whether a learner may receive the certificate, or what stands in the way."""

    QUALIFIED = "qualified", "Đủ điều kiện"
    ATTENDANCE_MISSING = "attendance_missing", "Chưa điểm danh"
    MARK_MISSING = "mark_missing", "Thiếu điểm"
    TOO_ABSENT = "too_absent", "Không đủ"
    FAILED = "failed", "Không đạt"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be entered before the result stands."""
        return self in (Verdict.ATTENDANCE_MISSING, Verdict.MARK_MISSING)


class CountingUnit(Term):
    """What an attendance share is counted in."""

    PERIODS = "periods", "số tiết"
    SESSIONS = "sessions", "số buổi"


class Sex(Term):
    """As written in the roster."""

    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class PartyStatus(Term):
    """Relation of a learner to the Party."""

    NONE = "none", "Quần chúng"
    PROBATIONARY = "probationary", "Dự bị"
    FULL = "full", "Chính thức"


class StaffGroup(Term):
    """What a learner is at work, as the registers of the centres group them."""

    COMMUNE_CADRE = "commune_cadre", "Cán bộ cấp xã"
    COMMUNE_SERVANT = "commune_servant", "Công chức cấp xã"
    PART_TIME = "part_time", "Người hoạt động không chuyên trách"
    UPPER_LEVEL = "upper_level", "Cấp huyện và tương đương"


class WorkplaceKind(Term):
    """Whether a unit is a commune or something within or above one."""

    COMMUNE = "commune", "Xã, phường, thị trấn"
    AGENCY = "agency", "Cơ quan, đơn vị"


class Employment(Term):
    """Kinds of lecturer (RULES §5.4)."""

    PART_TIME = "part_time", "Kiêm chức"
    FULL_TIME = "full_time", "Chuyên trách"
    INVITED = "invited", "Mời"


class DocumentFamily(Term):
    """Form of the printed papers: Party (05-HD/VPTW) or State (NĐ 30/2020)."""

    PARTY = "party", "Văn bản của Đảng (05-HD/VPTW)"
    STATE = "state", "Văn bản hành chính (NĐ 30/2020)"


class CompletionDocument(Term):
    """What a programme ends with (RULES §2.1)."""

    CERTIFICATE = "certificate", "Giấy chứng nhận"
    DIPLOMA = "diploma", "Bằng tốt nghiệp"
    NONE = "none", "Không cấp"


class DecisionKind(Term):
    """Decisions that a class rests on."""

    OPENING = "opening", "Quyết định mở lớp"
    RECOGNITION = "recognition", "Quyết định công nhận kết quả"


class CertificateStatus(Term):
    """Life of a certificate; a line of the register is never deleted."""

    ISSUED = "issued", "Đã cấp số"
    REPLACED = "replaced", "Cấp lại"
    REVOKED = "revoked", "Thu hồi"

    @property
    def is_live(self) -> bool:
        """Whether the paper is valid today."""
        return self is CertificateStatus.ISSUED


class Role(Term):
    """What somebody does at the centre; an account may have several."""

    CLERK = "clerk", "Giáo vụ"
    LECTURER = "lecturer", "Giảng viên"
    DIRECTOR = "director", "Lãnh đạo"
    ADMIN = "admin", "Quản trị"


class Permission(Term):
    """One right; who has it is said in rules/permissions.py alone."""

    READ = "read", "xem sổ sách của trung tâm"
    READ_OWN = "read_own", "xem lớp của mình"
    SHOW_PERSONAL = "show_personal", "xem số định danh và điện thoại đầy đủ"
    EXPORT = "export", "xuất danh sách ra tệp"
    EDIT_CENTRE = "edit_centre", "sửa thông tin trung tâm và người ký"
    EDIT_PROGRAMMES = "edit_programmes", "sửa chương trình"
    EDIT_PEOPLE = "edit_people", "sửa hồ sơ học viên, giảng viên"
    EDIT_CLASSES = "edit_classes", "mở lớp, sửa lớp và lịch học"
    ENROL = "enrol", "ghi danh học viên"
    MARK_ATTENDANCE = "mark_attendance", "điểm danh mọi lớp"
    MARK_OWN_ATTENDANCE = "mark_own_attendance", "điểm danh buổi của mình"
    ENTER_MARKS = "enter_marks", "nhập điểm"
    APPROVE_RESULTS = "approve_results", "chốt và bỏ chốt kết quả"
    ISSUE = "issue", "cấp số và in giấy chứng nhận"
    REVOKE = "revoke", "thu hồi giấy chứng nhận"
    WRITE_REPORTS = "write_reports", "soạn báo cáo, quyết định của lớp"
    CLOSE_CLASS = "close_class", "bế giảng và mở lại lớp"
    READ_JOURNAL = "read_journal", "xem nhật ký"
    BACK_UP = "back_up", "sao lưu"
    RESTORE = "restore", "phục hồi từ bản sao"
    MANAGE_ACCOUNTS = "manage_accounts", "quản lý người dùng và cài đặt máy"


class ActKind(Term):
    """Kinds of entry in the journal."""

    CHANGE = "change", "Thay đổi"
    UNDO = "undo", "Hoàn tác"
    REDO = "redo", "Làm lại"
    LOOK = "look", "Xem dữ liệu riêng tư"
    SIGN_IN = "sign_in", "Đăng nhập"
    RESTORE = "restore", "Phục hồi"
    START = "start", "Bắt đầu nhật ký"


class RecordKind(Term):
    """Kinds of record by which the journal is narrowed."""

    CLASS = "class", "Lớp học"
    TIMETABLE = "timetable", "Lịch học, phân công"
    STUDENT = "student", "Học viên"
    ENROLMENT = "enrolment", "Ghi danh"
    ATTENDANCE = "attendance", "Điểm danh"
    RESULT = "result", "Kết quả"
    CERTIFICATE = "certificate", "Giấy chứng nhận"
    LECTURER = "lecturer", "Giảng viên"
    PROGRAMME = "programme", "Chương trình"
    WORKPLACE = "workplace", "Đơn vị"
    CENTRE = "centre", "Trung tâm, người ký"
    ACCOUNT = "account", "Người dùng"
    SETTING = "setting", "Cài đặt"


class BackupKind(Term):
    """Why a copy was made; the code word stands in its file name."""

    AUTOMATIC = "tu-dong", "Tự động"
    CLOSING = "khi-dong", "Khi đóng chương trình"
    MANUAL = "bam-tay", "Bấm Sao lưu"
    BEFORE_RESTORE = "truoc-phuc-hoi", "Trước khi phục hồi"
    BEFORE_UPGRADE = "truoc-nang-cap", "Trước khi nâng cấp"
    BEFORE_LOADING = "truoc-nap-so-cu", "Trước khi nạp sổ cũ"
    BEFORE_MERGING = "truoc-gop-nguoi", "Trước khi gộp người"
    BEFORE_REVOKING = "truoc-thu-hoi", "Trước khi thu hồi giấy"
    BEFORE_DELETING = "truoc-xoa-nguoi", "Trước khi xóa hồ sơ"

    @property
    def is_precaution(self) -> bool:
        """Whether the copy keeps what an irreversible act replaced."""
        return self.value.startswith("truoc-")
