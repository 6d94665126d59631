"""What the documents promise is there: links, pictures, pinned versions."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/*.md")])
LINK = re.compile(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"")
NOT_NAME = re.compile(r"[^\w.-]")


def links(page: Path) -> list[str]:
    """Targets within the project."""
    found = ("".join(pair) for pair in LINK.findall(page.read_text("utf-8")))
    return [target for target in found if not target.startswith(("http:", "https:"))]


def pinned() -> dict[str, str]:
    """Name and version of every line of constraints.txt, names as pip compares them."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {name.lower().replace("_", "-"): version for name, version in pairs}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


def test_every_page_of_the_handbook_is_listed_on_its_first_page() -> None:
    folder = ROOT / "docs" / "handbook"
    pages = {page.name for page in folder.glob("*.md")} - {"README.md"}
    assert pages == set(links(folder / "README.md"))


def test_every_required_library_is_pinned_to_the_version_that_was_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    names = {NOT_NAME.split(each)[0].lower() for each in wanted}
    assert names <= pinned().keys()


def test_the_release_of_qt_that_aborts_is_not_the_pinned_one() -> None:
    assert pinned()["pyside6-essentials"] == pinned()["shiboken6"] != "6.12.0"
