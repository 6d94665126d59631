"""Qt's own buttons, menus and dialogs in Vietnamese; Qt ships no Vietnamese texts."""

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

_SPEAKS = "speaks_vietnamese"
_EDITING = {
    "&Undo": "&Hoàn tác",
    "&Redo": "&Làm lại",
    "Cu&t": "Cắ&t",
    "&Copy": "&Chép",
    "&Paste": "&Dán",
    "Delete": "Xóa",
    "Select All": "Chọn hết",
}
TEXTS: dict[str, dict[str, str]] = {
    "QPlatformTheme": {
        "OK": "Đồng ý",
        "Save": "Lưu",
        "Save All": "Lưu hết",
        "Open": "Mở",
        "&Yes": "&Có",
        "Yes to &All": "Có cho &tất cả",
        "&No": "&Không",
        "N&o to All": "Không cho tất &cả",
        "Abort": "Dừng",
        "Retry": "Thử lại",
        "Ignore": "Bỏ qua",
        "Close": "Đóng",
        "Cancel": "Thôi",
        "Discard": "Không lưu",
        "Help": "Trợ giúp",
        "Apply": "Áp dụng",
        "Reset": "Đặt lại",
        "Restore Defaults": "Về mặc định",
    },
    "QLineEdit": _EDITING,
    "QWidgetTextControl": {**_EDITING, "Copy &Link Location": "Chép địa chỉ &liên kết"},
    "QAbstractSpinBox": {
        "&Select All": "Chọn &hết",
        "&Step up": "&Tăng",
        "Step &down": "&Giảm",
    },
    "QMessageBox": {
        "Show Details...": "Xem chi tiết…",
        "Hide Details...": "Ẩn chi tiết…",
    },
    "QDialogButtonBox": {"OK": "Đồng ý"},
    "QProgressDialog": {"Cancel": "Thôi"},
    "QFileDialog": {
        "&Look in:": "Th&ư mục:",
        "File &name:": "&Tên tệp:",
        "Files of &type:": "L&oại tệp:",
        "&Open": "&Mở",
        "&Save": "&Lưu",
        "&Choose": "&Chọn",
        "Open": "Mở",
        "Save As": "Lưu thành",
        "Directory:": "Thư mục:",
        "Directories": "Thư mục",
        "Find Directory": "Tìm thư mục",
        "Back": "Trước",
        "Forward": "Sau",
        "Parent Directory": "Thư mục trên",
        "Create New Folder": "Thư mục mới",
        "Create a New Folder": "Tạo thư mục mới",
        "&New Folder": "Thư mục &mới",
        "New Folder": "Thư mục mới",
        "List View": "Danh sách",
        "Detail View": "Chi tiết",
        "&Rename": "Đổi &tên",
        "&Delete": "&Xóa",
        "Show &hidden files": "Hiện tệp ẩ&n",
        "All Files (*)": "Mọi tệp (*)",
        "All files (*)": "Mọi tệp (*)",
        "Recent Places": "Nơi vừa mở",
        "Remove": "Bỏ",
        "Show ": "Hiện ",
        "Delete": "Xóa",
        "%1 already exists.\nDo you want to replace it?": "Đã có tệp %1.\nThay tệp đó?",
        "%1\nFile not found.\nPlease verify the correct file name was given.": (
            "%1\nKhông có tệp này. Kiểm tra lại tên tệp."
        ),
        "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
            "%1\nKhông có thư mục này. Kiểm tra lại tên thư mục."
        ),
    },
    "QFileSystemModel": {
        "Name": "Tên",
        "Size": "Cỡ",
        "Type": "Loại",
        "Kind": "Loại",
        "Date Modified": "Ngày sửa",
        "My Computer": "Máy tính",
        "Computer": "Máy tính",
    },
    "QPrintDialog": {
        "Print": "In",
        "&Print": "&In",
        "&Options >>": "&Tùy chọn >>",
        "&Options <<": "&Tùy chọn <<",
        "Print to File (PDF)": "Ghi ra tệp (PDF)",
        "Print To File ...": "Ghi ra tệp…",
        "File %1 is not writable.\nPlease choose a different file name.": (
            "Không ghi được tệp %1.\nChọn tên tệp khác."
        ),
        "%1 already exists.\nDo you want to overwrite it?": "Đã có tệp %1.\nGhi đè lên tệp đó?",
        "The 'From' value cannot be greater than the 'To' value.": (
            "Trang đầu phải nhỏ hơn trang cuối."
        ),
    },
    "QPrintWidget": {
        "Printer": "Máy in",
        "&Name:": "&Tên:",
        "P&roperties": "Tù&y chỉnh",
        "Location:": "Nơi đặt:",
        "Preview": "Xem trước",
        "Type:": "Loại:",
        "Output &file:": "Tệp &ghi ra:",
    },
    "QPrintSettingsOutput": {
        "Copies": "Số bản",
        "Print range": "In những trang nào",
        "Print all": "In hết",
        "Pages from": "Từ trang",
        "to": "đến",
        "Pages": "Trang",
        "Current Page": "Trang này",
        "Selection": "Phần đã chọn",
        "Output Settings": "Cách in",
        "Copies:": "Số bản:",
        "Collate": "Xếp theo bộ",
        "Reverse": "In ngược",
        "Options": "Tùy chọn",
        "Color Mode": "Màu",
        "Color": "In màu",
        "Grayscale": "Đen trắng",
    },
    "QPrintPropertiesDialog": {
        "Printer Properties": "Tùy chỉnh máy in",
        "Job Options": "Tùy chọn của lệnh in",
    },
    "QPrintPropertiesWidget": {"Page": "Trang", "Advanced": "Nâng cao"},
    "QPageSetupWidget": {
        "Paper": "Giấy",
        "Page size:": "Khổ giấy:",
        "Width:": "Rộng:",
        "Height:": "Cao:",
        "Paper source:": "Khay giấy:",
        "Orientation": "Hướng giấy",
        "Portrait": "Dọc",
        "Landscape": "Ngang",
        "Reverse landscape": "Ngang, ngược",
        "Reverse portrait": "Dọc, ngược",
        "Margins": "Lề",
        "top margin": "lề trên",
        "left margin": "lề trái",
        "right margin": "lề phải",
        "bottom margin": "lề dưới",
    },
    "QScrollBar": {
        "Scroll here": "Cuộn đến đây",
        "Left edge": "Mép trái",
        "Right edge": "Mép phải",
        "Top": "Đầu",
        "Bottom": "Cuối",
        "Page up": "Lên một trang",
        "Page down": "Xuống một trang",
        "Page left": "Sang trái một trang",
        "Page right": "Sang phải một trang",
        "Scroll up": "Cuộn lên",
        "Scroll down": "Cuộn xuống",
        "Scroll left": "Cuộn sang trái",
        "Scroll right": "Cuộn sang phải",
    },
}


class VietnameseQt(QTranslator):
    """Answers for the texts above; None leaves every other text as it is."""

    def translate(
        self,
        context: str,
        source_text: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """Look a text of Qt up; "" would blank unknown texts, None keeps them."""
        texts = TEXTS.get(context)
        return texts.get(source_text) if texts else None

    def isEmpty(self) -> bool:
        """Never empty, or Qt would not ask."""
        return False


def install(owner: QObject) -> None:
    """Let Qt speak Vietnamese as long as `owner` (the application) lives."""
    if not owner.property(_SPEAKS):
        owner.setProperty(_SPEAKS, True)
        QCoreApplication.installTranslator(VietnameseQt(owner))
