# The one front door. `make help` lists what can be asked for.
#
# Needs Python 3.11 or newer, git and make; everything else goes into .venv from a lock file in which every package has its hash.
# Choose another Python with `make PYTHON=python3.12 ...`.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
CASE ?= demo-case
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTEST_ARGS ?=
# Processes that run tests at the same time: measured on two cores, 115 seconds with two and 169 with one. 0 runs them in pytest's own
# process, for a debugger: make test JOBS=0.
JOBS ?= 2
PORT ?= 8765
# The exit code of `armslength build` when all went well but some files could not be read.
# The example corpus holds a damaged file on purpose.
SOME_UNREADABLE := 6

.DEFAULT_GOAL := all
.PHONY: all help demo test slow lint types bench bench-incremental bench-matching bench-pages bench-load pictures lock clean

all: lint types test ## Everything that must be right before a commit

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(VENV)/.run ## Build the example case, serve it, print the address (DEMO_ONCE=1: build it and stop)
	@$(BIN)/armslength build $(CASE) examples/corpus --manifest examples/corpus/manifest.csv || test $$? -eq $(SOME_UNREADABLE)
	@$(BIN)/armslength status $(CASE)
ifndef DEMO_ONCE
	@$(BIN)/armslength serve $(CASE) --port $(PORT)
endif

test: $(VENV)/.dev ## The whole test suite, offline; tests without their service say why they were skipped
	@$(BIN)/pytest -n $(JOBS) -rfEs $(PYTEST_ARGS)

slow: $(VENV)/.slow ## The tests that need a real language model, or other programs' own libraries: 90 MB more, two minutes
	@$(BIN)/pytest -n 0 -m slow -rfEs $(PYTEST_ARGS)

lint: $(VENV)/.dev ## Style, layers, ontology, sizes, generated files
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check --quiet || { echo "Not formatted: run  $(BIN)/ruff format"; exit 1; }
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m armslength.model.ontology.lint
	@$(BIN)/python scripts/check_sizes.py
	@$(BIN)/python scripts/check_words.py
	@$(BIN)/python scripts/check_generated.py

types: $(VENV)/.dev ## mypy --strict
	@$(BIN)/mypy
	@$(BIN)/mypy scripts bench examples

bench: $(VENV)/.dev ## How fast, beside what it stands on, and how much memory; ten minutes
	@$(BIN)/python bench/run.py

bench-matching: $(VENV)/.dev ## How fast copies are found among 100,000 texts, beside others if installed (.[bench]); ten minutes
	@$(BIN)/python bench/matching.py

bench-incremental: $(VENV)/.dev ## What one more document costs a case of 10,000 and of 100,000; half an hour
	@$(BIN)/python bench/incremental.py

bench-pages: $(VENV)/.dev ## How long every page takes with 100,000 documents and a million claims; an hour, most of it making the case
	@$(BIN)/python bench/pages.py

bench-load: $(VENV)/.dev ## Fifty people at a case on PostgreSQL for ten minutes; nothing may be lost
	@$(BIN)/python bench/load.py

pictures: $(VENV)/.dev ## Take the README's picture again; needs Chromium
	@$(BIN)/python scripts/pictures.py

lock: $(BIN)/uv ## Make both lock files again, for every platform, with hashes and without hosts
	@$(BIN)/python scripts/write_locks.py $(BIN)/uv

clean: ## Remove what was built, but not .venv
	rm -rf $(CASE) test-artifacts build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what armslength needs into $(VENV) (a minute or two, once)"
	@$(PIP) install --no-compile --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Installing armslength and its tests' tools into $(VENV) (a minute or two, once)"
	@$(PIP) install --no-compile --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(VENV)/.run $@

$(VENV)/.slow: requirements-slow.lock requirements-interop.lock $(VENV)/.dev
	@$(PIP) install --no-compile --no-deps --require-hashes -r requirements-slow.lock
	@$(PIP) install --no-compile --require-hashes -r requirements-interop.lock
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "armslength needs Python 3.11 or newer, and '$(PYTHON)' is not. Try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  rm -rf $(VENV); echo "'$(PYTHON) -m venv' does not work. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(BIN)/uv: | $(VENV)/.dev
	@$(PIP) install uv
