"""Copies of the centre file: made by SQLite itself, verified, and put in place in one move."""

import contextlib
import sqlite3
from pathlib import Path

from app.errors import StorageError


def copy(source: Path, target: Path) -> None:
    """Copy the database `source` to `target`; a copy that does not verify is never kept."""
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_pages(source, partial)
        _verify(partial)
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(
            f"Không sao lưu được {source} vào {target}. Kiểm tra chỗ trống và quyền ghi."
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def copy_before_upgrade(path: Path, revision: str) -> Path:
    """Keep the file as it was before its schema changes; return where the copy lies."""
    target = path.with_name(f"{path.stem}.truoc-{revision}{path.suffix}")
    copy(path, target)
    return target


def _copy_pages(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    uri = f"{source.absolute().as_uri()}?mode=ro"
    with (
        contextlib.closing(sqlite3.connect(uri, uri=True)) as reader,
        contextlib.closing(sqlite3.connect(target)) as writer,
    ):
        reader.backup(writer)


def _verify(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if answer != "ok":
        raise StorageError(f"Bản sao {path} không nguyên vẹn: {answer}. Dữ liệu gốc giữ nguyên.")
