"""The line under the top bar for what concerns the whole program; the worst is shown."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui import dialogs
from app.ui.buttons import button
from app.ui.messages import Banner

# The worst first.
URGENCY = ("read_only", "backup", "bug", "clock", "place")


@dataclass(frozen=True)
class State:
    """What is the matter, what to do, and the button that does it."""

    kind: str  # warn or bad
    what: str
    advice: str = ""
    act_text: str = ""
    act: Callable[[], object] | None = None
    icon: str = ""


class BannerLine(QWidget):
    """Shows one state; the others are one click away."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner_line")
        self._states: dict[str, State] = {}
        self._shown: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def put(self, key: str, state: State | None) -> None:
        """Show a state, one of URGENCY; None takes it away."""
        if self._states.get(key) == state:
            return
        if state:
            self._states[key] = state
        else:
            self._states.pop(key, None)
        self._renew()

    def state(self, key: str) -> State | None:
        """What is said under a key."""
        return self._states.get(key)

    def _renew(self) -> None:
        """Show the worst state, or nothing."""
        if self._shown:
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
        if self._states:
            self._shown = self._banner([self._states[key] for key in self._order()])
            self._column.addWidget(self._shown)

    def _order(self) -> list[str]:
        return sorted(self._states, key=URGENCY.index)

    def _banner(self, states: list[State]) -> Banner:
        """The line of the first state."""
        worst, others = states[0], states[1:]
        buttons: list[QPushButton] = []
        if others:
            more = button(f"và {len(others)} việc khác", "link", name="banner_others")
            more.clicked.connect(self._tell_others)
            buttons.append(more)
        if worst.act:
            act = button(worst.act_text, name="banner_act")
            act.clicked.connect(worst.act)
            buttons.append(act)
        made = Banner(worst.kind, worst.what, worst.advice, buttons, icon=worst.icon)
        made.setProperty("line", True)
        return made

    def _tell_others(self) -> None:
        """Say what the line has no room for."""
        others = [self._states[key] for key in self._order()[1:]]
        words = "\n\n".join(f"{each.what} {each.advice}".strip() for each in others)
        dialogs.tell(self.window(), "Việc khác cần xem", words)
