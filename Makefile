# What people and CI do with this project. `make help` lists the targets.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run dev test lint types test-sqlite test-postgresql test-browser test-costs bench bench-record format lock lock-age sbom clean
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 26

run: .venv/run.stamp staticfiles/stamp .secret-key ## set up what is missing, then serve on 127.0.0.1 (PORT=8000)
	@$(BIN)/python manage.py prepare
	@exec deploy/serve

dev: .venv/dev.stamp .secret-key ## serve with DEBUG on, reloading at every change
	@$(BIN)/python manage.py prepare
	@DEBUG=on exec $(BIN)/python manage.py runserver --nostatic 127.0.0.1:$(or $(strip $(PORT)),8000)

test: .venv/dev.stamp ## run everything CI checks
	@$(BIN)/python -m tests.everything

lint: .venv/dev.stamp ## check format, style, import contracts, migrations and deployment settings
	@$(BIN)/python -m tests.everything $@

types: .venv/dev.stamp ## check the types
	@$(BIN)/python -m tests.everything $@

test-sqlite: .venv/dev.stamp ## run the tests on SQLite and report their coverage
	@$(BIN)/python -m tests.everything $@

test-postgresql: .venv/dev.stamp ## run the tests on a private PostgreSQL server
	@$(BIN)/python -m tests.everything $@

test-browser: .venv/dev.stamp ## run the tests in Chromium
	@$(BIN)/python -m tests.everything $@

test-costs: .venv/dev.stamp ## compare what pages cost with the best that was recorded
	@$(BIN)/python -m tests.everything $@

bench: .venv/dev.stamp ## measure the pages against an empty view
	@$(BIN)/python -m bench.gate

bench-record: .venv/dev.stamp ## record what the pages cost now, for test-costs
	@$(BIN)/python -m bench.ratios --record

format: .venv/dev.stamp ## format code and templates
	@$(BIN)/ruff check --fix --quiet . && $(BIN)/ruff format --quiet . && $(BIN)/djhtml --tabwidth 2 templates

# The locks hold versions and hashes but no address: each machine decides which index serves the packages.
lock: .venv/dev.stamp ## lock the newest versions that pyproject.toml allows
	@$(BIN)/uv pip compile $(LOCKING) pyproject.toml --output-file run.lock
	@$(BIN)/uv pip compile $(LOCKING) pyproject.toml --group dev --constraint run.lock --output-file dev.lock
	@for lock in run.lock dev.lock; do \
	  { echo "# Resolved on $$(date -u +%F)"; cat $$lock; } > $$lock.new && mv $$lock.new $$lock; done
LOCKING := --universal --python-version 3.11 --generate-hashes --no-header --upgrade --quiet

lock-age: .venv/pip.stamp ## say when the locks were resolved
	@$(BIN)/python deploy/locks.py age

sbom: .venv/run.stamp ## write sbom.json: packages, versions, licenses and hashes of what is served, as CycloneDX
	@$(BIN)/python deploy/locks.py sbom > sbom.json
	@$(BIN)/python deploy/locks.py age

clean: ## remove what make created, except the database and the secret key
	rm -rf .venv staticfiles

# A stamp records when a step was last done, so that the next start can skip it.
.venv/pip.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Rolewise needs Python 3.11 or later; name one: make PYTHON=python3.11")'
	@echo "Setting up .venv (once)"
	@$(PYTHON) -m venv .venv
	@touch $@

# The development packages include those needed to run, so a project set up for tests can already run.
.venv/run.stamp: run.lock .venv/pip.stamp
	@test -e .venv/dev.stamp -a .venv/dev.stamp -nt run.lock || $(BIN)/pip install $(PIP) --requirement run.lock
	@touch $@

# Python compiles what it imports by itself; compiling all that is installed took 12 s.
.venv/dev.stamp: dev.lock .venv/pip.stamp
	@$(BIN)/pip install $(PIP) --no-compile --requirement dev.lock
	@touch $@
PIP := --quiet --disable-pip-version-check --require-hashes --no-deps

# Signs sessions. Created once, never committed; SECRET_KEY in the environment takes precedence.
.secret-key:
	@umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

# Compressing takes seconds, so files are collected only when one has changed.
STATIC := $(shell find static */static -type f 2>/dev/null)
staticfiles/stamp: .venv/run.stamp $(STATIC) | .secret-key
	@$(BIN)/python manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@
