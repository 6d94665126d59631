"""What is told while a copy is put back."""

from app.ui.progress import Steps

STEPS = Steps(
    (
        (0, "Đọc hết bản sao, so mã SHA-256"),
        (24, "Mở bản sao, kiểm tra cấu trúc, so số lượng"),
        (60, "Chép bản sao vào chỗ làm việc"),
        (80, "Giữ lại dữ liệu hiện tại"),
    ),
    "Dữ liệu hiện tại được giữ lại trước khi thay.",
)
