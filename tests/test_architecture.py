"""The house rules of docs/architecture.md, read from the source itself.

Every rule is a function from (path, source) to findings, so that each can also be shown
a bad snippet and be seen to find it. An exception needs a line with a reason in `EXCEPTIONS`,
and a line that is no longer needed fails as well.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path, PurePosixPath
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent

GROUND = {"errors", "terms", "text", "dates", "numbers", "paths"}
STORE = {"database", "backups", "journal", "lock", "opening", "restoring"}
LEAVES = {"models", "rules", "spreadsheets", "printing"}
SCREEN = {"services", "spreadsheets", "printing"} | STORE

# Which rooms of app/ a room may import beside itself; the ground floor is open to all but steps.
MAY_IMPORT: dict[str, set[str]] = {
    **dict.fromkeys(GROUND | LEAVES, GROUND),
    "migrations": set(),  # a released step is frozen: nothing in it may change with today's code
    "journal": GROUND | {"models"},
    "backups": GROUND | {"database"},
    "lock": GROUND,
    "opening": GROUND | {"database", "backups"},
    "restoring": GROUND | {"database", "backups", "journal", "services"},
    "database": GROUND | {"models", "rules", "journal", "backups", "migrations"},
    "services": GROUND | LEAVES | {"journal"},
    "ui": GROUND | SCREEN,
    "cli": GROUND | SCREEN | {"cli_registers", "cli_roster"},
    **dict.fromkeys(("cli_registers", "cli_roster"), GROUND | SCREEN),
    "startup": GROUND | SCREEN | LEAVES | {"ui", "cli"},
}
# Which rooms may import a library; all other libraries are free.
LIBRARIES: dict[str, set[str]] = {
    "PySide6": {"ui", "startup"},
    "shiboken6": {"ui", "startup"},
    "reportlab": {"printing"},
    "pypdfium2": {"printing"},
    "openpyxl": {"spreadsheets"},
    "xlrd": {"spreadsheets"},
    "odf": {"spreadsheets"},
    "sqlalchemy": {"models", "services", "database", "journal", "migrations"},
    "alembic": {"database", "migrations"},
    "sqlite3": {"database", "backups", "opening"},
    "filelock": {"lock"},
}
# Of the rooms that draw and read files, services know the plain row and sheet types only.
TYPES_ONLY = {"services": ("app.spreadsheets", "app.printing")}
BLANKET_EXCEPT = {"app/ui/tasks.py", "app/startup.py"}  # the task runner and the top-level hook
TRANSACTION = "app/database.py"
MACHINE_PATH = re.compile(r"(?<![\w.~])/(?:work|tmp|root|home|Users)/\w|\b[A-Za-z]:\\+Users\b")

LINES_PER_FILE = 300
LINES_PER_FUNCTION = {"median": 8, "p90": 25, "longest": 40}

# (path, rule) -> why this one place may do it.
EXCEPTIONS: dict[tuple[str, str], str] = {
    (
        "app/migrations/versions/step_0001.py",
        "long function",
    ): "one table after the other, every column a line; read once and frozen on release",
    (
        "app/migrations/versions/step_0002.py",
        "long function",
    ): "one table after the other, every column a line; read once and frozen on release",
}


@dataclass(frozen=True)
class Finding:
    """One broken rule at one place."""

    path: str
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


Rule = Callable[[str, str], Iterator[Finding]]


@cache
def parsed(source: str) -> ast.Module:
    """The tree of a source, made once for all rules."""
    return ast.parse(source)


def room_of(path: str) -> str:
    """`app/ui/classes/page.py` -> ui, `app/cli.py` -> cli, anything outside app -> ""."""
    parts = PurePosixPath(path).parts
    return parts[1].removesuffix(".py") if parts[0] == "app" and len(parts) > 1 else ""


def imported(path: str, tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Line, module and name ("" for a whole module) of every import, also nested ones."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = absolute(path, node)
            yield from ((node.lineno, module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            yield from ((node.lineno, text, "") for text in strings(node))


def absolute(path: str, node: ast.ImportFrom) -> str:
    """The full name of the module, also of a relative import."""
    package = PurePosixPath(path).parts[: -node.level] if node.level else ()
    return ".".join([*package, *([node.module] if node.module else [])])


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    function = node.func
    return getattr(function, "attr", getattr(function, "id", ""))


def strings(node: ast.Call) -> Iterator[str]:
    """The texts given to a call directly."""
    for argument in node.args:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


def room_imports(path: str, source: str) -> Iterator[Finding]:
    """A room imports only the rooms below it; nobody imports startup."""
    room = room_of(path)
    allowed = MAY_IMPORT.get(room, set()) | {room}
    for line, module, name in imported(path, parsed(source)):
        parts = [*module.split("."), *([name] if name else [])]
        if parts[0] == "app" and len(parts) > 1 and parts[1] not in allowed:
            yield Finding(path, line, "room", f"{room} imports app.{parts[1]}")


def library_imports(path: str, source: str) -> Iterator[Finding]:
    """A library is known in its own rooms only."""
    room = room_of(path)
    for line, module, _ in imported(path, parsed(source)):
        library = module.partition(".")[0]
        if room not in LIBRARIES.get(library, {room}):
            yield Finding(path, line, "library", f"{room} imports {library}")


def type_imports(path: str, source: str) -> Iterator[Finding]:
    """Services take row and sheet types from the rooms of files, never their functions."""
    rooms = TYPES_ONLY.get(room_of(path), ())
    tree = parsed(source)
    for line, module, name in imported(path, tree):
        if module.startswith(rooms) and not (name[:1].isupper() or only_types_of(name, tree)):
            yield Finding(path, line, "types only", f"{module} {name}".strip())


def only_types_of(module: str, tree: ast.AST) -> bool:
    """The module is imported, and all that is taken from it are types: `closing_report.Annex`."""
    nodes = list(ast.walk(tree))
    uses = [node for node in nodes if isinstance(node, ast.Name) and node.id == module]
    types = [
        node.value
        for node in nodes
        if isinstance(node, ast.Attribute) and node.value in uses and node.attr[:1].isupper()
    ]
    return len(uses) == len(types) > 0


def transactions(path: str, source: str) -> Iterator[Finding]:
    """Only database.py begins, commits or rolls back."""
    if path == TRANSACTION:
        return
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Call) and ends_transaction(node):
            yield Finding(path, node.lineno, "transaction", ast.unparse(node)[:60])


def ends_transaction(node: ast.Call) -> bool:
    """A commit or rollback; Qt's `inputMethod().commit()` ends no transaction."""
    receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
    if isinstance(receiver, ast.Call) and called(receiver) == "inputMethod":
        return False
    sql = any(re.match(r"(BEGIN|COMMIT|ROLLBACK|SAVEPOINT)\b", text) for text in strings(node))
    return sql or (receiver is not None and called(node) in {"commit", "rollback"})


def blanket_excepts(path: str, source: str) -> Iterator[Finding]:
    """Nothing swallows every error, except the task runner and the top-level hook."""
    if path in BLANKET_EXCEPT:
        return
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.ExceptHandler | ast.Call) and swallows_all(node):
            yield Finding(path, node.lineno, "blanket except", ast.unparse(node)[:60])


def swallows_all(node: ast.ExceptHandler | ast.Call) -> bool:
    """`except Exception` that ends there, or `contextlib.suppress(Exception)`."""
    if isinstance(node, ast.Call):
        return called(node) == "suppress" and any(map(is_blanket, node.args))
    return is_blanket(node.type) and not raises_again(node)


def raises_again(node: ast.ExceptHandler) -> bool:
    """It only tidies up: its last statement is a bare `raise`."""
    last = node.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def is_blanket(caught: ast.expr | None) -> bool:
    """No type at all, Exception or BaseException, also within a tuple."""
    if isinstance(caught, ast.Tuple):
        return any(map(is_blanket, caught.elts))
    name = ast.unparse(caught).rpartition(".")[2] if caught else "BaseException"
    return name in {"Exception", "BaseException"}


def long_files(path: str, source: str) -> Iterator[Finding]:
    """A file of app/ has at most 300 lines."""
    lines = len(source.splitlines())
    if lines > LINES_PER_FILE:
        yield Finding(path, lines, "long file", f"{lines} lines")


def long_functions(path: str, source: str) -> Iterator[Finding]:
    """No function of app/ is longer than 40 lines."""
    for line, name, lines in function_lengths(source):
        if lines > LINES_PER_FUNCTION["longest"]:
            yield Finding(path, line, "long function", f"{name}: {lines} lines")


def function_lengths(source: str) -> Iterator[tuple[int, str, int]]:
    """Line, name and length of every function, from `def` to its last line."""
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def module_docstrings(path: str, source: str) -> Iterator[Finding]:
    """Every module says in one line what it is."""
    if not ast.get_docstring(parsed(source)):
        yield Finding(path, 1, "docstring", "the module has none")


def machine_paths(path: str, source: str) -> Iterator[Finding]:
    """No file names a place of somebody's machine."""
    for number, line in enumerate(source.splitlines(), 1):
        if found := MACHINE_PATH.search(line):
            yield Finding(path, number, "machine path", found[0])


APP_RULES: tuple[Rule, ...] = (
    room_imports,
    library_imports,
    type_imports,
    transactions,
    blanket_excepts,
    long_files,
    long_functions,
    module_docstrings,
)


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    """Path and text of every Python file in the folders."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")


def broken(rules: Iterable[Rule], files: Iterable[tuple[str, str]]) -> list[Finding]:
    """All findings of the rules, exceptions included."""
    rules = tuple(rules)
    return [f for path, source in files for rule in rules for f in rule(path, source)]


def report(findings: Iterable[Finding]) -> str:
    """One finding a line, for the failing test."""
    return "\n".join(map(str, findings))


@pytest.mark.parametrize("rule", APP_RULES, ids=lambda rule: rule.__name__)
def test_the_program_keeps_the_rule(rule: Rule) -> None:
    found = [f for f in broken([rule], sources("app")) if (f.path, f.rule) not in EXCEPTIONS]
    assert not found, report(found)


def test_every_exception_has_a_reason_and_is_still_needed() -> None:
    used = {(f.path, f.rule) for f in broken(APP_RULES, sources("app"))}
    assert all(EXCEPTIONS.values())
    assert set(EXCEPTIONS) <= used


def test_functions_are_short() -> None:
    found = {path: [n for *_, n in function_lengths(source)] for path, source in sources("app")}
    lengths = sorted(n for file in found.values() for n in file)
    long = sorted(((sum(n > 25 for n in file), path) for path, file in found.items()), reverse=True)
    assert median(lengths) <= LINES_PER_FUNCTION["median"]
    assert lengths[ceil(len(lengths) * 0.9) - 1] <= LINES_PER_FUNCTION["p90"], long[:10]


def test_every_room_has_its_rules() -> None:
    rooms = {room_of(path) for path, _ in sources("app")} - {"__init__"}
    assert rooms <= set(MAY_IMPORT)


def test_every_folder_of_the_program_is_a_package_with_a_docstring() -> None:
    folders = {(ROOT / path).parent for path, _ in sources("app")}
    folders -= {ROOT / "app/migrations/versions"}  # Alembic loads the steps by their path
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_everything_but_the_window_works_without_qt() -> None:
    names = [path.removesuffix(".py").removesuffix("/__init__") for path, _ in sources("app")]
    rooms = {name.replace("/", "."): room_of(f"{name}.py") for name in names}
    free = [module for module, room in rooms.items() if room not in {"ui", "startup", "migrations"}]
    code = f"import sys, {', '.join(free)}; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_measurements_say_what_they_are() -> None:
    found = broken([module_docstrings], sources("bench"))
    assert not found, report(found)


def test_no_file_names_a_place_of_somebodys_machine() -> None:
    names = ["Makefile", "pyproject.toml", "constraints.txt", ".ci/run", ".ci/prepare"]
    loose = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *(ROOT / name for name in names)]
    texts = [(file.relative_to(ROOT).as_posix(), file.read_text("utf-8")) for file in loose]
    own = Path(__file__).relative_to(ROOT).as_posix()
    files = [(p, s) for p, s in [*sources("app", "tests", "bench"), *texts] if p != own]
    found = broken([machine_paths], files)
    assert not found, report(found)


BAD = [
    (room_imports, "app/models/student.py", "from app.rules import marks"),
    (room_imports, "app/rules/marks.py", "import app.models.student"),
    (room_imports, "app/printing/report.py", "from app.spreadsheets.roster import RosterRow"),
    (room_imports, "app/ui/students/page.py", "from app.models.student import Student"),
    (room_imports, "app/ui/students/page.py", "from app import rules"),
    (room_imports, "app/ui/students/page.py", "from ...models import student"),
    (room_imports, "app/services/students.py", "from app import ui"),
    (
        room_imports,
        "app/services/students.py",
        "import importlib\nimportlib.import_module('app.ui')",
    ),
    (room_imports, "app/text.py", "from app.services import students"),
    (room_imports, "app/cli.py", "def f():\n    from app.ui import window"),
    (room_imports, "app/cli.py", "from app.startup import run"),
    (room_imports, "app/ui/window.py", "from app import startup"),
    (room_imports, "app/migrations/versions/first.py", "from app.models import student"),
    (library_imports, "app/cli.py", "from PySide6.QtWidgets import QApplication"),
    (library_imports, "app/paths.py", "import PySide6.QtCore"),
    (library_imports, "app/ui/window.py", "from sqlalchemy import select"),
    (library_imports, "app/ui/window.py", "import reportlab"),
    (library_imports, "app/services/certificates.py", "from reportlab.pdfgen import canvas"),
    (library_imports, "app/services/enrolment.py", "import openpyxl"),
    (library_imports, "app/printing/preview.py", "import sqlalchemy.orm"),
    (library_imports, "app/services/certificates.py", "import pypdfium2"),
    (type_imports, "app/services/certificates.py", "from app.printing.certificate import render"),
    (type_imports, "app/services/enrolment.py", "import app.spreadsheets.roster"),
    (type_imports, "app/services/x.py", "from app.printing import certificate as c\nc.render()"),
    (
        type_imports,
        "app/services/x.py",
        "from app.printing import report\nreport.Annex\nreport.f()",
    ),
    (transactions, "app/services/classes.py", "def f(db):\n    db.commit()"),
    (transactions, "app/ui/window.py", "self.db.session.rollback()"),
    (transactions, "app/journal.py", "db.execute('COMMIT')"),
    (transactions, "app/backups.py", "db.execute('BEGIN IMMEDIATE')"),
    (blanket_excepts, "app/cli.py", "try:\n    f()\nexcept:\n    pass"),
    (blanket_excepts, "app/cli.py", "try:\n    f()\nexcept Exception as error:\n    print(error)"),
    (blanket_excepts, "app/cli.py", "try:\n    f()\nexcept (OSError, BaseException):\n    pass"),
    (blanket_excepts, "app/cli.py", "with contextlib.suppress(Exception):\n    f()"),
    (long_files, "app/cli.py", "x = 1\n" * 301),
    (long_functions, "app/cli.py", "def f():\n" + "    g()\n" * 40),
    (module_docstrings, "app/cli.py", "import sys"),
    (machine_paths, "app/paths.py", "HOME = '/" + "home/an/solop'"),
    (machine_paths, "docs/x.md", "C:" + "\\Users\\An"),
]
GOOD = [
    (room_imports, "app/services/certificates.py", "from app.printing.certificate import Sheet"),
    (room_imports, "app/ui/window.py", "from app.services import classes\nfrom .parts import card"),
    (
        room_imports,
        "app/models/student.py",
        "from app.text import fold\nfrom app.models import base",
    ),
    (library_imports, "app/ui/window.py", "import json\nfrom PySide6.QtGui import QIcon"),
    (type_imports, "app/services/certificates.py", "from app.printing.certificate import Sheet"),
    (type_imports, "app/services/frozen.py", "from app.printing import report\nreport.Annex()"),
    (transactions, "app/database.py", "db.commit()"),
    (transactions, "app/ui/form.py", "QGuiApplication.inputMethod().commit()"),
    (blanket_excepts, "app/ui/tasks.py", "try:\n    f()\nexcept Exception:\n    pass"),
    (
        blanket_excepts,
        "app/database.py",
        "try:\n    f()\nexcept BaseException:\n    g()\n    raise",
    ),
    (blanket_excepts, "app/cli.py", "try:\n    f()\nexcept OSError:\n    pass"),
    (blanket_excepts, "app/cli.py", "try:\n    f()\nexcept x.BadZipException:\n    pass"),
    (long_files, "app/cli.py", "x = 1\n" * 300),
    (long_functions, "app/cli.py", "def f():\n" + "    g()\n" * 39),
    (machine_paths, "docs/x.md", "see ~/home/an and data/root/x"),
]


@pytest.mark.parametrize(("rule", "path", "snippet"), BAD)
def test_a_broken_rule_is_found(rule: Rule, path: str, snippet: str) -> None:
    assert [finding.path for finding in rule(path, snippet)] == [path]


@pytest.mark.parametrize(("rule", "path", "snippet"), GOOD)
def test_a_kept_rule_finds_nothing(rule: Rule, path: str, snippet: str) -> None:
    assert list(rule(path, snippet)) == []
