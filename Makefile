# Needs Python 3.11 or newer and make; everything else is set up in .venv.
PYTHON ?= python3
JOBS ?= auto
BIN := .venv/bin
READY := .venv/.ready
# Shows the folders as they are installed, `geometry` as `caddis.geometry`, to mypy and import-linter.
LINKS := .venv/links/caddis
TORCH_CPU := https://download.pytorch.org/whl/cpu
PYTEST := OMP_NUM_THREADS=1 $(BIN)/pytest -n $(JOBS) --cov --cov-report=term

.PHONY: help setup links run demo examples test test-marked lint types imports ci clean

help:
	@echo "make run      generate six solids from words into out/"
	@echo "make demo     serve the web page on this computer"
	@echo "make test     run the tests that need no system packages"
	@echo "make ci       everything: lint, types, imports, all tests"
	@echo "make setup    only make .venv, with the command .venv/bin/caddis"
	@echo "make lint | types | imports | test-marked | clean"

setup: $(READY)

# A machine without an NVIDIA driver takes torch from PyTorch's CPU index when that answers,
# so that no CUDA packages come along; the registry's own build of the same version otherwise.
$(READY): pyproject.toml setup.py constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Caddis needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up .venv: some minutes the first time."
	$(PYTHON) -m venv .venv
	@if [ "$$(uname -s)" = Linux ] && ! command -v nvidia-smi >/dev/null \
		&& $(BIN)/python -c 'import sys, urllib.request as u; u.urlopen(sys.argv[1], timeout=5)' \
			$(TORCH_CPU)/torch/ 2>/dev/null; \
	then $(BIN)/pip install --quiet --no-deps --constraint constraints.txt \
		--index-url $(TORCH_CPU) torch; fi
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

links: $(READY)
	@mkdir -p $(LINKS)
	@ln -sf $(CURDIR)/caddis/*.py $(CURDIR)/caddis/py.typed $(LINKS)
	@for folder in app assets data generation geometry; do \
		ln -sfn $(CURDIR)/$$folder $(LINKS)/$$folder; done

run: $(READY)
	$(BIN)/caddis showcase --out out --force

demo: $(READY)
	$(BIN)/caddis demo

# The page's examples, made anew with the shipped weights; it shows no others.
examples: $(READY)
	$(BIN)/python -m caddis.app.page.parts.examples

test: $(READY)
	$(PYTEST) $(TESTS)

# What needs minutes, a slicer, a browser or open3d's libraries; MARKS chooses among them.
MARKS ?= slow or slicer or open3d or browser
test-marked: $(READY)
	$(PYTEST) --cov-append -m '($(MARKS)) and not gpu' $(TESTS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: links
	$(BIN)/mypy

imports: links
	cd .venv/links && ../bin/lint-imports --config ../../pyproject.toml

ci:
	.ci/run

clean:
	rm -rf .venv build .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache *.egg-info
	find app benchmarks caddis data generation geometry tests -name __pycache__ -type d -prune -exec rm -rf {} +

