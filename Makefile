# Two commands do everything: `make demo` shows the main job, `make test` runs all tests. `make help` lists the rest.

PYTHON ?= python3
SERVE ?= 1
SEEDS ?= seeds
VENV := .venv
BIN := $(VENV)/bin
PLUGINS := $(sort $(wildcard plugins/*/pyproject.toml))
OURS := . $(patsubst %/pyproject.toml,%,$(PLUGINS))
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo test test-faults bench check install install-dev lock docs format clean
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: install ## Receive the seeds, process them, print who said what, and serve (SERVE=0: end after the printing)
	@$(BIN)/python manage.py demo $(SEEDS) $(if $(filter 0,$(SERVE)),--no-serve)

test: install-dev ## Run all tests, on the embedded default and on real servers
	@$(BIN)/python -m tests $(ARGS)

test-faults: install-dev ## Kill everything in the middle of work, the long tests too, and print what was seen
	@$(BIN)/python -m pytest tests/faults -m "long or not long" $(ARGS)

bench: install-dev ## Measure what Newsdesk costs beside its processors; ARGS="--pages-from FOLDER" takes pages of yours
	@$(BIN)/python -m tests.bench $(ARGS)

check: install-dev ## Lint, types, import contracts, plugins, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run

install: $(VENV)/installed ## Build the virtual environment from the hashed lock

install-dev: $(VENV)/installed-dev ## The same, with what tests and checks need

lock: install-dev ## Compile requirements.txt and requirements-dev.txt from the direct dependencies
	$(BIN)/uv pip compile $(LOCK_OPTIONS) --extra server --group build pyproject.toml $(PLUGINS) -o requirements.txt
	$(BIN)/uv pip compile $(LOCK_OPTIONS) --group dev -c requirements.txt -o requirements-dev.txt

LOCK_OPTIONS := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-emit-package newsdesk --custom-compile-command "make lock"

docs: install-dev ## Write the reference for authors anew, from the code
	@$(BIN)/python -m newsdesk.author.reference > docs/authors/reference.md.new
	@mv docs/authors/reference.md.new docs/authors/reference.md

format: install-dev ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Remove the virtual environment (the data folder stays)
	rm -rf $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Newsdesk needs Python 3.11 or newer; name one, as in: make PYTHON=python3.11 demo"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' \
		|| { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "Building $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt pyproject.toml $(PLUGINS) | $(BIN)/python
	@echo "Installing from requirements.txt ..."
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt; \
	else $(INSTALL) --require-hashes -r requirements.txt; fi
	@$(INSTALL) --no-deps --no-build-isolation $(addprefix -e ,$(OURS))
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Installing from requirements-dev.txt ..."
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt; \
	else $(INSTALL) --require-hashes -r requirements-dev.txt; fi
	@touch $@
