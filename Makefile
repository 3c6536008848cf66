# make demo    the whole way on real plans: three boards on the terminal
# make test    the checks and the tests
# make check   format, lint, types, import contracts
# make bench   what plantrack costs, beside named peers: ratios, some minutes
# make soak    kills passes of the nightly job 260 times and looks whether anything is lost
# make docs    write the command line's reference and the excerpt of the demo anew
#
# Needs Python 3.11 or newer and make. Everything is installed into .venv, nothing else is touched.
# Another Python: make PYTHON=/path/to/python3.12 test

VENV := .venv
BIN := $(VENV)/bin
WHEELHOUSE := $(VENV)/wheelhouse

# Tried in this order; one that cannot make a virtual environment is passed over.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo "$$p"; break; }; done)

# Builds of source packages are held to the same versions: older pips read the first variable
# for them, newer ones the second.
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_BUILD_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Compiling every module of pandas takes longer than all the rest: what is really imported is
# compiled once, after the installation, and kept.
export PIP_COMPILE := 0
export PYTHONDONTWRITEBYTECODE :=
# The cut words' dictionary is kept here and not in the user's own cache.
export PLANTRACK_CACHE_DIR := $(CURDIR)/$(VENV)/cache
PIP = $(BIN)/python -m pip --quiet

.PHONY: demo test check suite bench soak docs clean
.DEFAULT_GOAL := demo

demo: $(VENV)/.runtime
	@$(BIN)/plantrack demo

# Checks and tests run side by side: of two processors the type checker needs one for a minute.
test: $(VENV)/.dev
	@$(MAKE) --no-print-directory --jobs 2 check suite

suite: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	@for script in import_time cold_start speed size readers jobs store load browser; do \
		echo; echo "# $$script"; $(BIN)/python benchmarks/$$script.py || exit; done

soak: $(VENV)/.dev
	$(BIN)/python tests/job/kills.py --kills 200
	$(BIN)/python tests/job/kills.py --kills 60 --ahead

docs: $(VENV)/.dev
	$(BIN)/python docs/refresh.py

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "plantrack needs Python 3.11 or newer with venv; found none. Install one, or say where it is: make PYTHON=/path/to/python3" >&2; exit 2; }
	@echo "Making $(VENV) with $(PYTHON)" >&2
	@"$(PYTHON)" -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing plantrack into $(VENV)" >&2
	@$(PIP) install --editable .
	@$(BIN)/python -W ignore -c 'import plantrack.assess, plantrack.cli.main, plantrack.extract, plantrack.link, \
		plantrack.read.planfile, plantrack.show.board, plantrack.show.frames'
	@touch $@

# The wheelhouse holds what an offline installation needs; tests/test_wheel.py makes one.
$(VENV)/.dev: $(VENV)/.runtime
	@echo "Installing the tools for checks and tests" >&2
	@$(PIP) install --editable '.[dev]'
	@$(PIP) wheel --wheel-dir $(WHEELHOUSE) .
	@rm -f $(WHEELHOUSE)/plantrack-*.whl
	@touch $@

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
