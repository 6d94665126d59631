"""What a journalled row is called: "Điểm danh của Lò Thị Mai, buổi 3", also when it is gone."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app import dates, journal
from app.journal import Image
from app.services import history_words as words
from app.terms import DecisionKind, Role


class Names:
    """Names rows of one session; every row is looked up once."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._images: dict[tuple[str, str], Image] = {}

    def of(self, table: str, key: str) -> str:
        """Return what the row is called."""
        image = self._image(table, key)
        return _NAMES.get(table, _plain)(self, table, image)

    def named(self, table: str, key: object) -> str:
        """Return the bare name of a person, class or unit; "?" when nothing is known."""
        image = self._image(table, str(key))
        if table == "enrolment":
            return self.named("student", image.get("student_id"))
        if table == "training_class" and image.get("intake"):
            return f"{image['name']}, {image['intake']}/{image['year']}"
        return str(image.get("full_name") or image.get("name") or image.get("title") or "?")

    def value(self, table: str, key: object, column: str) -> Any:
        """Return one stored value of a row."""
        return self._image(table, str(key)).get(column)

    def _image(self, table: str, key: str) -> Image:
        if key == "None":
            return {}
        if (table, key) not in self._images:
            found = journal.stored_row(self._db.connection(), journal.tables()[table], key)
            self._images[table, key] = found or journal.last_image(self._db, table, key)
        return self._images[table, key]


def _plain(names: Names, table: str, image: Image) -> str:
    return f"{words.TABLES[table]} {image.get('full_name') or image.get('name') or ''}".strip()


def _of_learner(names: Names, table: str, image: Image) -> str:
    enrolment = image.get("enrolment_id")
    name = f"{words.TABLES[table]} của {names.named('enrolment', enrolment)}"
    if "class_session_id" in image:
        number = names.value("class_session", image["class_session_id"], "number")
        name = f"{name}, buổi {number}"
    class_id = names.value("enrolment", enrolment, "training_class_id")
    return f"{name}, lớp {names.named('training_class', class_id)}"


def _of_class(names: Names, table: str, image: Image) -> str:
    title = names.named("training_class", image.get("training_class_id"))
    return f"{words.TABLES[table]}, lớp {title}"


def _enrolment(names: Names, table: str, image: Image) -> str:
    learner = names.named("student", image.get("student_id"))
    return (
        f"Ghi danh {learner}, lớp {names.named('training_class', image.get('training_class_id'))}"
    )


def _training_class(names: Names, table: str, image: Image) -> str:
    intake = f", {image['intake']}/{image['year']}" if image.get("intake") else ""
    return f"Lớp {image.get('name', '?')}{intake}"


def _session(names: Names, table: str, image: Image) -> str:
    title = names.named("training_class", image.get("training_class_id"))
    return f"Buổi {image.get('number', '?')}, lớp {title}"


def _assignment(names: Names, table: str, image: Image) -> str:
    number = names.value("class_session", image.get("class_session_id"), "number")
    return f"Phân công {names.named('lecturer', image.get('lecturer_id'))}, buổi {number}"


def _decision(names: Names, table: str, image: Image) -> str:
    kind = DecisionKind.of(image["kind"]).label if image.get("kind") else words.TABLES[table]
    return f"{kind}, lớp {names.named('training_class', image.get('training_class_id'))}"


def _certificate(names: Names, table: str, image: Image) -> str:
    learner = names.named("enrolment", image.get("enrolment_id"))
    return f"Giấy chứng nhận {image.get('register_number', '?')} của {learner}"


def _version(names: Names, table: str, image: Image) -> str:
    programme = names.named("programme", image.get("programme_id"))
    return f"Bản {image.get('number', '?')} của {programme}"


def _of_version(names: Names, table: str, image: Image) -> str:
    programme = names.value("programme_version", image.get("version_id"), "programme_id")
    own = image.get("title") or image.get("name")
    name = f"{words.TABLES[table]} “{own}”" if own else words.TABLES[table]
    return f"{name}, {names.named('programme', programme)}"


def _centre(names: Names, table: str, image: Image) -> str:
    day = image.get("valid_from")
    since = f", từ {dates.PartialDate.from_iso(day).grid}" if day else ""
    return f"Trung tâm{since}"


def _role(names: Names, table: str, image: Image) -> str:
    role = Role.of(image["role"]).label if image.get("role") else "?"
    return f"Vai trò {role} của {names.named('account', image.get('account_id'))}"


def _different(names: Names, table: str, image: Image) -> str:
    people = [names.named("student", image.get(column)) for column in ("first_id", "second_id")]
    return f"{words.TABLES[table]}: {' và '.join(people)}"


_NAMES: dict[str, Callable[[Names, str, Image], str]] = {
    "assessment_result": _of_learner,
    "attendance_record": _of_learner,
    "enrolment": _enrolment,
    "training_class": _training_class,
    "class_session": _session,
    "teaching_assignment": _assignment,
    "closing_report": _of_class,
    "decision": _decision,
    "certificate": _certificate,
    "programme_version": _version,
    "topic": _of_version,
    "learning_rule": _of_version,
    "classification_band": _of_version,
    "centre": _centre,
    "account_role": _role,
    "different_people": _different,
}
