# make demo    from an empty machine: the demonstration, on http://127.0.0.1:8000 (or PORT)
# make test    from an empty machine: the whole suite, on SQLite and on PostgreSQL with Redis
# make setup   the environment and the assets alone
# make check   the static checks           make format  mends what they can mend
# make bench   the benchmarks              make lock    the lock files, from pyproject.toml and the *.in files
# make pictures  the screenshots that the documents show

PYTHON ?= $(shell command -v python3.11 || command -v python3)
export PYTHON
export UV_LINK_MODE ?= copy

BIN := .venv/bin
UV := $(BIN)/uv
INSTALL := $(UV) pip install --quiet --compile-bytecode -p $(BIN)/python --require-hashes -r
MANAGE := $(BIN)/python manage.py
RUNTIME_LOCKS := requirements/uv.txt requirements/base.txt
ASSET_SOURCES := package.json package-lock.json $(shell find static/scss -type f 2>/dev/null | sort)

# What is installed is known by the hash of what it was made from, so a second run has nothing to do.
hash = $(shell cat $(1) 2>/dev/null | sha256sum | cut -c1-16)
RUNTIME := .venv/runtime-$(call hash,$(RUNTIME_LOCKS))
DEVELOPMENT := .venv/development-$(call hash,$(RUNTIME_LOCKS) requirements/dev.txt)
NODE := .venv/node-$(call hash,requirements/node.txt)
PACKAGES := node_modules/packages-$(call hash,package-lock.json)
ASSETS := static/build/assets-$(call hash,$(ASSET_SOURCES))
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"

.PHONY: demo setup test bench check format lock pictures runtime-machine test-machine

demo: setup
	@XGOV_DEMO=1 exec $(MANAGE) serve --make-demo

setup: runtime-machine
	@$(MAKE) --no-print-directory --silent -j2 $(RUNTIME) $(ASSETS)

test: test-machine
	@$(MAKE) --no-print-directory --silent -j2 $(DEVELOPMENT) $(ASSETS)
	@sh .ci/system browser
	@$(BIN)/python -m tests $(ARGS)

bench: test-machine
	@$(MAKE) --no-print-directory --silent -j2 $(DEVELOPMENT) $(ASSETS)
	@$(BIN)/python -m tests.engines --only postgresql $(BIN)/python -m tests.bench $(ARGS)

pictures: test-machine
	@$(MAKE) --no-print-directory --silent -j2 $(DEVELOPMENT) $(ASSETS)
	@sh .ci/system browser
	@XGOV_PICTURES=docs/images $(BIN)/python -m pytest -q -n0 tests/journeys -k picture

check: runtime-machine
	@$(MAKE) --no-print-directory --silent -j2 $(DEVELOPMENT) $(ASSETS)
	@sh .ci/checks

format: $(DEVELOPMENT)
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .

COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate
lock: $(RUNTIME)
	$(COMPILE) requirements/uv.in -o requirements/uv.txt
	$(COMPILE) requirements/node.in -o requirements/node.txt
	$(COMPILE) pyproject.toml -o requirements/base.txt
	$(COMPILE) pyproject.toml --group dev -c requirements/base.txt -o requirements/dev.txt
	$(WITH_NODE) npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

runtime-machine:
	@sh .ci/system demo

test-machine:
	@sh .ci/system test

$(BIN)/python:
	@echo "Making the environment in .venv"
	@$(PYTHON) -m venv .venv

$(UV): $(BIN)/python
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/uv.txt

$(RUNTIME): $(UV)
	@echo "Installing the Python packages of requirements/base.txt"
	@$(INSTALL) requirements/uv.txt -r requirements/base.txt
	@rm -f .venv/runtime-* && touch $@

$(DEVELOPMENT): $(RUNTIME)
	@echo "Installing the Python packages of requirements/dev.txt"
	@$(INSTALL) requirements/dev.txt
	@rm -f .venv/development-* && touch $@

# Node only builds the style sheet. A machine without a recent one gets it from PyPI, inside .venv.
$(NODE): | $(UV)
	@sh .ci/node || { echo "Installing Node into .venv" && $(INSTALL) requirements/node.txt; }
	@rm -f .venv/node-* && touch $@

$(PACKAGES): | $(NODE)
	@echo "Installing the front-end packages of package-lock.json"
	@$(WITH_NODE) npm ci --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

$(ASSETS): | $(PACKAGES)
	@echo "Building the style sheet"
	@$(WITH_NODE) npm run --silent build
	@rm -f static/build/assets-* && touch $@
