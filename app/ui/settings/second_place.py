"""The folder of the second copies: what it may not be."""

import os
from pathlib import Path

from app.errors import InputError


def refuse_useless(place: Path, database: Path) -> None:
    """Raise InputError for a place that is lost together with the file, or is not there."""
    from app import backups

    lost_with_it = (database.parent, backups.folder(database))
    if place.resolve() in [each.resolve() for each in lost_with_it]:
        raise InputError(
            "Nơi này là chỗ để tệp dữ liệu: hỏng ổ là mất cả hai. "
            "Chọn USB, ổ khác hoặc thư mục mạng.",
            "second_place",
        )
    if not (os.access(place, os.W_OK) and place.is_dir()):
        raise InputError(
            f"Không thấy thư mục {place}, hoặc không được ghi vào đó. Cắm USB, nối mạng, "
            "hoặc chọn nơi khác.",
            "second_place",
        )
