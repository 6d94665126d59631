"""The states a centre file can be found in."""

from app.terms import Term


class FileState(Term):
    """What is at the place of the centre file, with what happened in words."""

    SOUND = "sound", "dùng được"
    NEW = "new", "chưa có"
    MISSING = "missing", "không còn ở chỗ cũ"
    EMPTY = "empty", "rỗng, không còn byte nào"
    TRUNCATED = "truncated", "bị cắt cụt"
    HALF_COPIED = "half_copied", "mới chép được một phần"
    HEADER = "header", "hỏng phần đầu"
    PAGE = "page", "hỏng một phần bên trong"
    TEXT = "text", "là tệp văn bản, không phải dữ liệu của Sổ Lớp"
    ARCHIVE = "archive", "là tệp nén, không phải dữ liệu của Sổ Lớp"
    FOREIGN = "foreign", "là cơ sở dữ liệu của chương trình khác"
    ENCRYPTED = "encrypted", "đã bị mã hóa"
    OTHER = "other", "không phải dữ liệu của Sổ Lớp"
    NEWER = "newer", "do bản Sổ Lớp mới hơn ghi"
    UNKNOWN = "unknown", "có cấu trúc mà bản này không biết"
    READ_ONLY = "read_only", "chỉ cho đọc"
    UNREADABLE = "unreadable", "không đọc được"

    @property
    def may_be_replaced(self) -> bool:
        """Whether a copy may take its place, after what is there was moved aside."""
        return self not in {
            FileState.SOUND,
            FileState.NEW,
            FileState.NEWER,
            FileState.READ_ONLY,
            FileState.UNREADABLE,
        }
