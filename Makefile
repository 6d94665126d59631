# Sổ Lớp. Needs make and Python 3.11 or newer; see README.md for Windows.
VENV ?= .venv
DEMO ?= demo
JOBS ?= 2
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
OFFSCREEN := QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8

.PHONY: help venv demo run test torture lint types screens bench system clean

help:
	@echo "make demo     build a demo centre, print its papers into $(DEMO)/, open the window on it"
	@echo "make run      open the window on your own data"
	@echo "make test     ruff, mypy and all tests"
	@echo "make torture  kill, cut the power, fill the disk, tamper: the long rounds"
	@echo "make screens  draw every screen into build/screens/"
	@echo "make bench    measure start-up, lists and printing"
	@echo "make venv     only make $(VENV) and install what the program needs"

# What pip cannot install is looked for every time: it takes a moment, and
# a missing library would otherwise end inside Qt without a word.
system:
	@sh .ci/prepare

$(VENV)/installed: pyproject.toml constraints.txt | system
	@python=$$(sh .ci/prepare --python) && $$python -m venv $(VENV)
	$(PIP) --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(PIP) --editable '.[test]'
	@touch $@

venv: system $(VENV)/installed

run: venv
	$(BIN)/python main.py

demo: venv
	$(BIN)/python main.py demo $(DEMO)
	@if sh .ci/prepare --display; then \
		$(BIN)/python main.py --database $(DEMO)/trung-tam-minh-hoa.sqlite; \
	else \
		echo "There is no display: the demo database and its papers are in $(DEMO)/"; \
	fi

lint: system $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: system $(VENV)/installed-test
	$(BIN)/mypy

test: lint types
	$(OFFSCREEN) $(BIN)/python -m pytest -n $(JOBS) --dist worksteal -q

torture: system $(VENV)/installed-test
	SOLOP_TORTURE=1 $(OFFSCREEN) $(BIN)/python -m pytest -n $(JOBS) -q -rP tests/torture tests/journal

screens: system $(VENV)/installed-test
	SOLOP_SCREENS=1 $(OFFSCREEN) $(BIN)/python -m pytest -n $(JOBS) -q -m screens tests/ui tests/journeys

bench: system $(VENV)/installed-test
	@for file in bench/*.py; do name=$$(basename $$file .py); echo "== $$name"; $(OFFSCREEN) $(BIN)/python -m bench.$$name || exit 1; done

clean:
	rm -rf build dist $(DEMO) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
