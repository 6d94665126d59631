"""When copies are made by themselves, where the second one goes, and the USB disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from app.terms import Permission
from app.ui import files, theme
from app.ui.buttons import button
from app.ui.combo import Combo
from app.ui.context import Context
from app.ui.labels import Card, ElidedLabel, icon_label, label
from app.ui.settings import drives
from app.ui.settings.second_place import refuse_useless

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.settings import Settings

_MINUTES = (10, 15, 30, 60, 120)
_USUAL_MINUTES = 30
_PLACE_NOTE = "Không thấy nơi thứ hai thì bản sao vẫn có ở máy này, và chương trình nhắc."
_PLACE_GONE = "Lúc này không thấy nơi thứ hai. Cắm USB, nối mạng, hoặc chọn nơi khác."
_USB_NOTE = "Nên chép mỗi tuần một lần và cất nơi khác phòng làm việc."
_NO_USB = "Chưa thấy USB nào cắm vào máy."


class AutomaticCard(Card):
    """Settings of the copies nobody has to think of; each is kept as soon as it is changed."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("Tự động")
        self._context = context
        self.on_close = QCheckBox("Sao lưu mỗi lần đóng chương trình")
        self.is_timed = QCheckBox("Khi có thay đổi, sao lưu mỗi")
        self.minutes = Combo([(each, f"{each} phút") for each in _MINUTES])
        self.has_place = QCheckBox("Chép thêm sang nơi thứ hai:")
        self.place = ElidedLabel()
        self.choose = button("Chọn…", name="choose_place")
        self._note = label(_PLACE_NOTE, "note", wrap=True)
        for name in ("on_close", "is_timed", "minutes", "has_place", "place"):
            getattr(self, name).setObjectName(name)
        self.minutes.setAccessibleName("Số phút giữa hai lần sao lưu")
        self.choose.setAccessibleName("Chọn nơi sao lưu thứ hai")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.box.addWidget(self.on_close)
        self.add(_line(self.is_timed, self.minutes))
        self.add(_line(self.has_place, self.place, self.choose, wide=self.place))
        self.add(self._note)
        self.box.addStretch(1)

    def _connect(self) -> None:
        allowed = self._context.may(Permission.BACK_UP)
        for check in (self.on_close, self.is_timed, self.has_place):
            check.setEnabled(allowed)
            check.clicked.connect(self._keep)
        self.choose.setEnabled(allowed)
        self.minutes.chosen.connect(lambda _key: self._keep())
        self.choose.clicked.connect(self.choose_place)

    # data ----------------------------------------------------------------------
    def reload(self) -> None:
        """Show what is set."""
        self._stored = self._load()
        minutes = self._stored.backup_minutes
        choices = sorted({*_MINUTES, minutes or _USUAL_MINUTES})
        with QSignalBlocker(self.minutes):
            self.minutes.set_choices([(each, f"{each} phút") for each in choices])
            self.minutes.set_key(minutes or _USUAL_MINUTES)
        self.on_close.setChecked(self._stored.backup_on_close)
        self.is_timed.setChecked(minutes > 0)
        self.minutes.setEnabled(minutes > 0 and self.is_timed.isEnabled())
        self._show_place()

    def _show_place(self) -> None:
        """The folder, and whether it is there; a place on a network may take its time."""
        place = self._stored.second_place
        self.has_place.setChecked(bool(place))
        self.place.setText(place or "chưa chọn")
        gone = bool(place) and not Path(place).is_dir()
        self._note.setText(_PLACE_GONE if gone else _PLACE_NOTE)
        theme.repolish(self._note, role="warning" if gone else "note")

    def second_place(self) -> str:
        """The folder of the second copies, "" for none."""
        return self._stored.second_place

    def _load(self) -> "Settings":
        from app.services import settings

        with self._context.database.reading() as db:
            return settings.load(db)

    # acts ------------------------------------------------------------------------
    def choose_place(self) -> None:
        """Ask for the folder of the second copies."""
        with self._refused():
            folder = files.choose_folder(self, "Chọn nơi sao lưu thứ hai")
            if folder is None:
                return
            refuse_useless(folder, self._context.database.path)
            self._write(replace(self._load(), second_place=str(folder)))

    def _keep(self) -> None:
        """Write what the boxes say."""
        if self.has_place.isChecked() and not self._stored.second_place:
            self.choose_place()
            return
        minutes = self.minutes.key()
        assert isinstance(minutes, int)
        with self._refused():
            self._write(
                replace(
                    self._load(),
                    backup_on_close=self.on_close.isChecked(),
                    backup_minutes=minutes if self.is_timed.isChecked() else 0,
                    second_place=self._stored.second_place if self.has_place.isChecked() else "",
                )
            )

    def _write(self, wanted: "Settings") -> None:
        from app.services import settings

        with self._context.database.writing("Đặt sao lưu tự động") as db:
            settings.save(db, wanted)
        self._context.saved()
        self.changed.emit()

    @contextmanager
    def _refused(self) -> Iterator[None]:
        """Afterwards the boxes show what is stored, whatever came of it."""
        with self._context.refusals(self):
            yield
        self.reload()


class UsbCard(Card):
    """A copy to carry away: the disks that are plugged in, or any folder."""

    wanted = Signal(object)  # the folder the copy goes to

    def __init__(self, context: Context) -> None:
        super().__init__("Chép ra USB")
        self._context = context
        self._drives: list[drives.Drive] = []
        self.add(label(_USB_NOTE, "muted", wrap=True))
        self._words = label(_NO_USB, "", wrap=True)
        self._icon = icon_label("usb", "text2", 16)
        self.add(_line(self._icon, self._words, wide=self._words))
        self.copy = button("Chép ra USB ngay", "", "usb", name="copy_to_usb")
        self.copy.clicked.connect(lambda: self._want(self._drives[0].root))
        self.other = button("Chọn thư mục…", "quiet", name="copy_elsewhere")
        self.other.clicked.connect(self.choose_folder)
        self.add(_line(self.copy, self.other))
        self.box.addStretch(1)

    def reload(self) -> None:
        """Look at what is plugged in."""
        self._drives = drives.removable_drives()
        self._words.setText("\n".join(each.words for each in self._drives[:2]) or _NO_USB)
        allowed = self._context.may(Permission.BACK_UP)
        self.copy.setVisible(bool(self._drives))
        self.copy.setEnabled(allowed)
        self.other.setEnabled(allowed)

    def choose_folder(self) -> None:
        """Ask where the copy goes."""
        folder = files.choose_folder(self, "Chép bản sao vào thư mục nào?")
        if folder:
            self.wanted.emit(folder)

    def _want(self, root: Path) -> None:
        from app.ui.settings.backup_work import USB_FOLDER

        self.wanted.emit(root / USB_FOLDER)


def _line(*parts: QWidget, wide: QWidget | None = None) -> QHBoxLayout:
    """Things side by side; `wide` takes the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(theme.u(8))
    for part in parts:
        row.addWidget(part, int(part is wide))
    if wide is None:
        row.addStretch(1)
    return row
