# make cards: set up and print the sample cards into output/.   make test: set up and prove everything.
# make serve: a ledger for trying with the sample village in it; prints its address and a login.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := chromium fonts-liberation libatomic1 poppler-utils mupdf-tools default-jdk-headless libjaxb-java nodejs postgresql

.PHONY: cards serve test quick figures lint messages bench system clean

cards: $(VENV)/.cards
	$(BIN)/policycards card --design a4 --out output
	$(BIN)/policycards card --design a3 --out output
	$(BIN)/policycards print rosters/sample-village.xlsx --out output/sample-village

DEMO := output/demo
serve: $(DEMO)/demo/run/run.json
	$(BIN)/policycards ledger demo $(DEMO)/demo --roster rosters/sample-village.xlsx --policies $(DEMO)/policies --out $(DEMO)

$(DEMO)/demo/run/run.json: $(VENV)/.ledger
	mkdir -p $(DEMO) && rm -rf $(DEMO)/policies && cp -r policies $(DEMO)/policies
	$(BIN)/policycards edition publish demo --draft --as-of 2024-12-31 --prepared 示例编制 --approved 示例审批 \
		--policies $(DEMO)/policies --out $(DEMO)
	$(BIN)/policycards print rosters/sample-village.xlsx --edition demo --spare 5 --policies $(DEMO)/policies --out $(DEMO)

test: system $(VENV)/.test lint
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --durations 25

# The loop while working: no process, browser or database is started, wild input is tried less.
quick: $(VENV)/.test lint
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m 'not outside' --hypothesis-profile quick

figures: $(VENV)/.test
	@PATH=$(BIN):$$PATH $(BIN)/python tools/figures.py

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/oxlint policycards tests/js
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

$(VENV)/.ledger: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[ledger]'
	touch $@

$(VENV)/.test: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	touch $@ $(VENV)/.cards $(VENV)/.ledger

clean:
	rm -rf $(VENV) output/* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
