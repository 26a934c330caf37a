# The front doors: `make demo` shows FastNet at work, `make test` proves it. Both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CC ?= cc
JOBS ?= auto

.PHONY: help setup build wheel test-wheel plugins lib addon required demo test codegen engines lint bench bench-all bench-docs soak fuzz debug sanitize annotate clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

doctor.ok:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "fastnet: Python 3.11 or newer is missing; install it, or name it: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "fastnet: Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	@command -v $(CC) >/dev/null || { echo "fastnet: a C compiler is missing: apt-get install gcc"; exit 1; }
	@echo '#include <Python.h>' | $(CC) -E -I"$$($(PYTHON) -c 'import sysconfig; print(sysconfig.get_paths()["include"])')" - >/dev/null 2>&1 || \
	  { echo "fastnet: Python's headers are missing: apt-get install python3-dev"; exit 1; }

$(VENV)/ready: pyproject.toml codegen/pyproject.toml constraints.txt | doctor.ok
	@echo "fastnet: making the virtual environment"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --upgrade pip setuptools Cython cffi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-build-isolation --editable '.[dev]' --editable codegen
	@touch $@

setup: $(VENV)/ready ## the virtual environment, and everything built

build: setup ## rebuild what changed
	@$(BIN)/python -W ignore setup.py --quiet build_ext --inplace

lib: build ## the C library and its private runtime, zipped in dist/; also: make lib platform=windows
	@$(BIN)/scons -Q -C bindings/c zip=yes $(if $(platform),platform=$(platform)) $(if $(arch),arch=$(arch)) $(if $(trained),trained=$(trained))

WHEEL := build/trained/made
wheel: $(WHEEL) ## the Python package in dist/, trained: with gcc, 3 minutes; bench measures it

$(WHEEL): setup.py pyproject.toml README.md $(wildcard core/*.py) $(shell find core/fastnet -name '*.py' -o -name '*.pxd' -o -name '*.pyi') | build
	@rm -f dist/fastnet_game-*.whl
	@find build/lib.* -name '*.py' -delete  # Else it would hold modules that are no longer there.
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .
	@rm -rf build/trained
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-index --target build/trained/core dist/fastnet_game-*.whl
	@touch $@

test-wheel: wheel ## the core's tests, with the wheel in place of the source tree
	@PYTHONPATH=$(CURDIR)/build/trained/core $(BIN)/python -m pytest -q -n $(JOBS) $(addprefix tests/,wheel sockets simulation property malicious)

plugins: lib addon ## the three plugins, ready to drop in, in dist/; with Windows inside where its tools are there
	@if command -v x86_64-w64-mingw32-gcc >/dev/null && command -v wine >/dev/null && command -v osslsigncode >/dev/null; then \
	  $(MAKE) --no-print-directory lib platform=windows && $(BIN)/scons -Q -s -C plugins/godot platform=windows; \
	else echo "for Windows too: apt-get install gcc-mingw-w64-x86-64 wine64 osslsigncode"; fi
	@$(BIN)/python plugins/pack.py

demo: build ## four channels on a good link and on a bad one, in two processes; ends with a picture
	@$(BIN)/fastnet demo --picture out/demo.png

# Before the tests run side by side, what all of them use is made once: the library, the Godot addon, required engines.
test: lib addon $(if $(FASTNET_REQUIRE),required) ## everything that CI checks
	@$(BIN)/python -m pytest -q -n $(JOBS)

addon: setup
	@$(BIN)/scons -Q -s -C plugins/godot

required: setup
	@$(BIN)/python tests/engines/tiers.py $(FASTNET_REQUIRE)

engines: setup ## what the tests of plugins need (Godot, Mono, C#, Wine...: 700 MB), fetched into build/engines
	@$(BIN)/python tests/engines/tiers.py

codegen: setup ## print again whatever the API's description changed
	@$(BIN)/fastnet-codegen generate

# What is measured is what is shipped: the wheel, or with trained=no what `make build` left.
MEASURED := $(if $(filter no,$(trained)),build,$(WHEEL))
BENCH = $(if $(filter no,$(trained)),,PYTHONPATH=$(CURDIR)/build/trained/core )$(BIN)

bench: $(MEASURED) ## round trips beside raw UDP, measured in one run
	@mkdir -p out
	@$(BENCH)/fastnet bench latency --peers raw-udp,python-socket,fastnet --json out/bench.json --plot out/bench.png

BENCH_RESULTS := $(patsubst %,out/bench-%.json,latency paced throughput scale loss)

bench-all: $(MEASURED) ## every suite of the benchmark with every peer: 25 minutes on a machine that does nothing else
	@$(BENCH)/fastnet bench latency --rounds 11 --messages 66000 --json out/bench-latency.json --plot out/bench-latency.png
	@$(BENCH)/fastnet bench latency --rate 10000 --messages 50000 --json out/bench-paced.json --plot out/bench-paced.png
	@$(BENCH)/fastnet bench throughput --json out/bench-throughput.json --plot out/bench-throughput.png
	@$(BENCH)/fastnet bench scale --json out/bench-scale.json --plot out/bench-scale.png
	@$(BENCH)/fastnet bench loss --json out/bench-loss.json --plot out/bench-loss.png
	@$(BENCH)/python tests/benchmarks/cores.py --json out/bench-cores.json

bench-docs: ## put what bench-all measured into docs/benchmarks.md
	@$(BIN)/fastnet bench report --into docs/benchmarks.md $(BENCH_RESULTS)
	@cp $(BENCH_RESULTS:.json=.png) docs/

soak: build ## the long tests: many seeds, long runs
	@$(BIN)/python -m pytest -q -n $(JOBS) -m slow

lint: setup ## form, habits and types
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/ruff check --quiet
	@$(BIN)/mypy

# Other builds, each in its own copy of core/ under build/, so that the release build stays what it is.
other-%: setup
	@mkdir -p build/$*
	@tar -c --exclude='*.so' --exclude=__pycache__ core setup.py pyproject.toml README.md LICENSE-* | tar -x -C build/$*
	@cd build/$* && FASTNET_BUILD=$* FASTNET_LIBSODIUM=$(CURDIR)/build/libsodium ../../$(BIN)/python -W ignore setup.py --quiet build_ext --inplace

SANITIZERS = PYTHONMALLOC=malloc ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
  LD_PRELOAD="$$($(CC) -print-file-name=libasan.so) $$($(CC) -print-file-name=libubsan.so)$(1)"
# The benchmark refuses any build but the release, so its tests stay out.
OTHER_TESTS = --ignore-glob='tests/unit/tools/test_benchmark*' tests/unit tests/property tests/fuzz
SECONDS_EACH ?= 120
SEED ?= 1

debug: other-debug ## the tests against a build that checks every index
	@PYTHONPATH=build/debug/core $(BIN)/python -m pytest -q -n $(JOBS) $(OTHER_TESTS) tests/simulation

sanitize: other-sanitize ## the tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@PYTHONPATH=build/sanitize/core $(call SANITIZERS) \
	  $(BIN)/python -m pytest -q -n $(JOBS) $(OTHER_TESTS)

fuzz: other-fuzz ## every fuzz target, SECONDS_EACH long, under both sanitizers and guided by coverage
	@$(CC) -O2 -shared -fPIC -o build/fuzz/coverage.so tests/fuzz/coverage.c
	@PYTHONPATH=build/fuzz/core $(call SANITIZERS, $(CURDIR)/build/fuzz/coverage.so) \
	  $(BIN)/python tests/fuzz/run.py all --seconds $(SECONDS_EACH) --seed $(SEED) --keep

clean: ## remove all that was built
	@rm -rf $(VENV) build out dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find core -name '*.so' -delete
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
