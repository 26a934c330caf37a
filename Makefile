# The front doors: `make demo` shows FastNet at work, `make test` proves it. Both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CC ?= cc
JOBS ?= auto

.PHONY: help setup build demo test lint bench soak fuzz debug sanitize annotate clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

doctor.ok:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "fastnet: Python 3.11 or newer is missing; install it, or name it: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "fastnet: Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	@command -v $(CC) >/dev/null || { echo "fastnet: a C compiler is missing: apt-get install gcc"; exit 1; }
	@echo '#include <openssl/evp.h>' | $(CC) -E - >/dev/null 2>&1 || \
	  { echo "fastnet: the OpenSSL headers are missing: apt-get install libssl-dev"; exit 1; }
	@echo '#include <Python.h>' | $(CC) -E -I"$$($(PYTHON) -c 'import sysconfig; print(sysconfig.get_paths()["include"])')" - >/dev/null 2>&1 || \
	  { echo "fastnet: Python's headers are missing: apt-get install python3-dev"; exit 1; }

$(VENV)/ready: pyproject.toml constraints.txt | doctor.ok
	@echo "fastnet: making the virtual environment"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --upgrade pip setuptools Cython
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	@touch $@

setup: $(VENV)/ready ## the virtual environment, and everything built

build: setup ## rebuild what changed
	@$(BIN)/python -W ignore setup.py --quiet build_ext --inplace

demo: build ## four channels on a good link and on a bad one, in two processes; ends with a picture
	@$(BIN)/fastnet demo --picture out/demo.png

test: build ## everything that CI checks
	@$(BIN)/python -m pytest -q -n $(JOBS)

bench: build ## round trips beside raw UDP, measured in one run
	@$(BIN)/fastnet bench latency

soak: build ## the long tests: many seeds, long runs
	@$(BIN)/python -m pytest -q -n $(JOBS) -m slow

clean: ## remove all that was built
	@rm -rf $(VENV) build out dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find core -name '*.so' -delete
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
