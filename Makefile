# `make` shows what the project does; `make help` lists the rest.
# Written for GNU make 3.81 and newer, the one that macOS brings.

PYTHON ?= python3
UV ?= uv
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# -I: no module from the folder where this runs goes before Python's own.
PIP := $(PY) -I -m pip --disable-pip-version-check

ALL_CORES := --numprocesses auto --dist worksteal

# A stamp is younger than what it was made from, so nothing is installed twice.
RUN := $(VENV)/run.stamp
DEV := $(VENV)/dev.stamp

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all kader install test coverage check lint types contracts workflows content links bench serve format hooks lock clean help

all: $(RUN)  ## install, check content/, write every export to dist/
	@$(BIN)/kader check
	@$(BIN)/kader build

kader: $(RUN)  ## install the command alone

test: $(DEV)  ## run the tests; ARGS="tests/rules -k links" runs a part
	@$(PY) -m pytest $(if $(ARGS),$(ARGS),$(ALL_CORES))

coverage: $(DEV)  ## run the tests and say which code they do not reach; takes about twice as long
	@$(PY) -m pytest $(ALL_CORES) --cov

check: lint types contracts workflows content  ## every check but the tests

lint: $(DEV)  ## form and style of the code, and its declared dependencies
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/deptry .

types: $(DEV)  ## types of the code and its tests
	@$(BIN)/mypy

contracts: $(DEV)  ## which part may import which
	@$(BIN)/lint-imports --no-logo

workflows: $(DEV)  ## the workflows for GitHub, our own action and our own hook
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --schemafile pipeline/sync/review/reviewers.schema.json .github/reviewers.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms \
	  $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	@$(BIN)/kader forms --check --quiet
	@$(BIN)/zizmor --offline --pedantic --quiet .github .pre-commit-config.yaml action.yml
	@$(BIN)/pre-commit validate-manifest .pre-commit-hooks.yaml

content: $(RUN)  ## the framework itself
	@$(BIN)/kader check $(ARGS)

links: $(RUN)  ## ask other websites whether the pages that links lead to are there
	@$(BIN)/kader links $(ARGS)

bench: $(DEV)  ## measure the speed
	@$(PY) -m bench $(ARGS)

serve: $(RUN)  ## build, show in the browser, follow every change
	@$(BIN)/kader serve $(ARGS)

format: $(DEV)  ## put the code in form and mend what can be mended
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

hooks: $(DEV)  ## run the quick checks at every commit
	@$(BIN)/pre-commit install

install: $(DEV)  ## install everything, run nothing

lock:  ## choose the locked versions anew (needs uv; ARGS=--upgrade for newer ones)
	$(call compile,run,--group build --extra fast)
	$(call compile,dev,--group dev --extra fast --constraints requirements/run.txt)

clean:  ## throw away everything that was made
	rm -rf $(VENV) dist release build htmlcov .coverage .coverage.* .hypothesis
	rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -type d -name __pycache__ -prune -exec rm -rf {} +

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "This needs Python 3.11 or newer. Name yours: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -I -m venv --clear $(VENV)

$(RUN): $(VENV)/pyvenv.cfg requirements/run.txt pyproject.toml
	@echo "Installing what the project needs ..."
	@$(PIP) install --quiet --quiet --require-hashes -r requirements/run.txt
	@$(PIP) install --quiet --quiet --no-deps --no-build-isolation --editable .
	@$(PY) -I -m compileall -q pipeline  # the first run is then as quick as the next
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	@echo "Installing what its tests and checks need ..."
	@$(PIP) install --quiet --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# The lock names no index and no folder of whoever wrote it: it serves every machine. Extras
# stay: without them pip looks for a newer release of such a package, and finds no hash for it.
define compile
	$(UV) pip compile pyproject.toml $(2) $(ARGS) --quiet --output-file requirements/$(1).txt \
	  --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-strip-extras --custom-compile-command "make lock"
endef
