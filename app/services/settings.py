"""What the centre has set for this program."""

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.errors import InputError
from app.models import Setting
from app.services import guard
from app.terms import Permission


@dataclass(frozen=True)
class Settings:
    """Values with safe defaults; minutes are 0 where something is switched off."""

    idle_minutes: int = 10  # lock the screen after; only where accounts are used
    backup_minutes: int = 30  # copy when something changed
    backup_on_close: bool = True
    second_place: str = ""  # folder on a USB stick or another machine


def load(db: Session) -> Settings:
    """Return the settings; a value never set is its default."""
    stored = {row.name: row.value for row in db.scalars(select(Setting))}
    known: dict[str, Any] = {
        field.name: _read(field.type, stored[field.name])
        for field in fields(Settings)
        if field.name in stored
    }
    return Settings(**known)


def save(db: Session, settings: Settings) -> None:
    """Keep the settings."""
    guard.permit(db, Permission.MANAGE_ACCOUNTS, Permission.BACK_UP)
    for name in ("idle_minutes", "backup_minutes"):
        if not 0 <= getattr(settings, name) <= 24 * 60:
            raise InputError("Số phút từ 0 đến 1440; 0 là không dùng. Sửa lại.", name)
    for field in fields(Settings):
        row = db.get(Setting, field.name) or Setting(name=field.name)
        row.value = _written(getattr(settings, field.name))
        db.add(row)
    db.flush()


def _written(value: object) -> str:
    return text.clean(str(int(value) if isinstance(value, bool) else value))


def _read(kind: object, stored: str) -> int | bool | str:
    if kind is bool:
        return stored == "1"
    return int(stored) if kind is int else stored
