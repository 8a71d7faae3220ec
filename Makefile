# make cards: set up and print the sample cards into output/.   make test: set up and prove everything.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := chromium fonts-liberation libatomic1 poppler-utils mupdf-tools default-jdk-headless libjaxb-java postgresql

.PHONY: cards test lint messages bench system clean

cards: $(VENV)/.cards
	$(BIN)/policycards card --design wall --out output
	$(BIN)/policycards card --design hand --out output
	$(BIN)/policycards print rosters/sample-village.xlsx --out output/sample-village

test: system $(VENV)/.test lint
	$(BIN)/pytest -n 2

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

messages: $(VENV)/.test
	$(BIN)/python tools/messages.py

bench: $(VENV)/.test
	$(BIN)/python benchmarks/run.py

# What the tests read and compare with; on other systems, or without root, the tests say what they could not run.
system:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && ! dpkg -s $(PACKAGES) >/dev/null 2>&1; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $(PACKAGES); \
	fi

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.cards: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q -c constraints.txt -e .
	touch $@

$(VENV)/.test: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	touch $@ $(VENV)/.cards

clean:
	rm -rf $(VENV) output/* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
