# Everything a person or a machine does with this project. `make` alone lists it.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet --no-input
TEST_WORKERS ?= 2
PORT ?= 8000
ON_POSTGRES = $(wildcard tests/core tests/web tests/knowledge tests/providers tests/needs tests/priorities tests/options tests/procurement tests/agreements tests/measures tests/example tests/lake/visits)

.DEFAULT_GOAL := help
.PHONY: sbom audit licences help install install-server install-dev run test test-postgres screenshots bench soak check fix promises docs lock clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Commonweal needs Python 3.11 or later: set PYTHON=python3.11, say"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.core: requirements/core.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing into $(VENV) (a minute or two, once)"
	@$(PIP) install --require-hashes -r requirements/core.txt
	@$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.core
	@echo "Installing what the tests need"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

install: $(VENV)/.core  ## install Commonweal into .venv

install-server: install  ## the same with the driver of a PostgreSQL server
	@$(PIP) install --require-hashes --no-deps -r requirements/server.txt

install-dev: $(VENV)/.dev
	@bash tools/install_test_needs.sh

run: install  ## prepare the database and the worked example, and serve on 127.0.0.1:8000 (PORT=8001 for another port)
	@$(BIN)/commonweal run --port $(PORT)

test: install-dev  ## install what the tests need and run every test at CI size
	@$(BIN)/pytest -n $(TEST_WORKERS) --dist loadfile

test-postgres: install-dev  ## the tests of the database on PostgreSQL, started here if none answers; all their cases in soak
	@COMMONWEAL_ONE_CASE_EACH=1 bash tools/with_postgres.sh $(BIN)/pytest -n $(TEST_WORKERS) --dist loadfile $(ON_POSTGRES) -m "not journey and not real_data and not soak"

check: $(VENV)/.dev  ## style, types, floors of the house, dependencies, spelling, docs; changes nothing
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry src
	@$(BIN)/codespell src docs tools benchmarks README.md CHANGELOG.md CONTRIBUTING.md
	@$(BIN)/python tools/check_docs.py

fix: $(VENV)/.dev  ## mend what the linters can mend
	@$(BIN)/ruff check --fix .

promises: $(VENV)/.dev  ## each promise: kept, failing or no test; the tests, and where to see it
	@$(BIN)/python tools/promises.py

screenshots: $(VENV)/.dev  ## take the pictures of the docs anew, from the example that `make run` serves (PORT)
	@$(BIN)/python tools/screenshots.py --at http://127.0.0.1:$(PORT)

bench: $(VENV)/.dev  ## measure speed beside what a user would otherwise run
	@$(BIN)/python benchmarks/run.py

soak: install-dev  ## full sizes: every district, kill rounds, long machines
	@$(BIN)/pytest -n $(TEST_WORKERS) --dist loadfile -m soak tests
	@COMMONWEAL_EVERY_PAGE=1 $(BIN)/pytest -n $(TEST_WORKERS) --dist loadfile -m journey tests
	@bash tools/with_postgres.sh $(BIN)/pytest -n $(TEST_WORKERS) --dist loadfile $(ON_POSTGRES) -m "not journey and not real_data and not soak"

docs: $(VENV)/.dev  ## the documentation as a web site in site/
	@$(BIN)/python tools/build_docs.py

lock:  ## renew the lock files (needs uv)
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --extra postgres pyproject.toml requirements/dev.in -o requirements/dev.txt
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml -c requirements/dev.txt -o requirements/core.txt
	awk '/^[a-z]/ {keep = /^psycopg/} keep' requirements/dev.txt >requirements/server.txt

sbom: $(VENV)/.core  ## the bill of materials of what is shipped, CycloneDX 1.6, in sbom.cdx.json
	@$(BIN)/python tools/shipped.py sbom sbom.cdx.json && echo "sbom.cdx.json"

licences: $(VENV)/.core  ## write the page of licences from the lock
	@$(BIN)/python tools/shipped.py licences

audit:  ## known weaknesses of every locked package (needs a network); strict: what the list does not know is an error
	@test -x .audit/bin/pip-audit || { $(PYTHON) -m venv .audit && .audit/bin/pip --disable-pip-version-check --quiet install pip-audit; }
	.audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/core.txt -r requirements/server.txt

clean:  ## remove what was built (never var/, where the data is)
	rm -rf $(VENV) site .pytest_cache .mypy_cache .ruff_cache .hypothesis
