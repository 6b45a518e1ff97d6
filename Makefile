# SPDX-License-Identifier: EUPL-1.2
# make demo | make test | make lint | make fix | make docs | make languages | make client | make bench | make setup | make assets | make lock | make wheel | make failover | make cables
PYTHON ?= python3
UV := .tools/bin/uv
PY := .venv/bin/python
NODE_BIN := $(CURDIR)/.tools/bin
BUILD := src/siac/ui/static/ui/build
TEST_WORKERS ?= 2
export UV_PYTHON_DOWNLOADS = never
# Containers often forbid it: every process would then compile a thousand modules again.
export PYTHONDONTWRITEBYTECODE =
.PHONY: setup assets demo test lint fix docs languages client bench lock wheel failover cables
.DELETE_ON_ERROR:

setup: .venv/.ok assets

.tools/.ok: requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Python 3.11 or newer is needed: install it, or name it: make $(or $(MAKECMDGOALS),setup) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python cannot make virtual environments here. Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .tools
	@.tools/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

.venv/.ok: .tools/.ok requirements/dev.txt pyproject.toml
	@test -x $(PY) || $(UV) venv -q --python $(PYTHON) .venv
	@$(UV) pip sync -q --python $(PY) --require-hashes requirements/dev.txt
	@$(UV) pip install -q --python $(PY) --no-deps -e .
	@touch $@

assets: $(BUILD)/.ok
$(BUILD)/.ok: .tools/.ok frontend/package-lock.json frontend/build.mjs $(wildcard frontend/styles/*.scss frontend/scripts/*.mjs frontend/scripts/offline/*.mjs)
	@cd frontend && PATH="$(NODE_BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent
	@cd frontend && PATH="$(NODE_BIN):$$PATH" node build.mjs
	@touch $@

demo: setup
	@exec .venv/bin/siac demo $(if $(RESET),--reset)

test: setup
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(PY) tests/browser.py
	@$(PY) -m pytest -n $(TEST_WORKERS) --dist worksteal $(PYTEST_ARGS)

lint: setup
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/djade --check $$(git ls-files -co --exclude-standard 'src/**/templates/**/*.html')
	@SIAC_TEST=1 .venv/bin/mypy
	@.venv/bin/lint-imports
	@SIAC_TEST=1 $(PY) -W ignore::RuntimeWarning -m django makemigrations --check --dry-run --settings siac.config.settings
	@! grep -nE 'https?://|"resolved"' requirements/*.txt || { echo "a lock file names a host"; exit 1; }
	@! grep -n '"resolved"' frontend/package-lock.json || { echo "package-lock.json names a host"; exit 1; }

fix: setup
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .
	@.venv/bin/djade $$(git ls-files -co --exclude-standard 'src/**/templates/**/*.html')

# What docs/develop shows of the code; a test fails while it is not what the code says.
docs: setup
	@SIAC_TEST=1 $(PY) -W ignore::RuntimeWarning -m tests.drawn

# The words of pages for citizens in further languages: what the code says now, and the files that Django loads.
languages: setup
	@SIAC_TEST=1 DJANGO_SETTINGS_MODULE=siac.config.settings $(PY) -W ignore::RuntimeWarning -m tests.spoken

# The typed client of the API (clients/python), from what the code says; a test fails while it is another.
client: setup
	@SIAC_TEST=1 DJANGO_SETTINGS_MODULE=siac.config.settings $(PY) -W ignore::RuntimeWarning -m clients.generate

bench: setup
	@$(PY) -m benchmarks $(BENCH_ARGS)

LOCK = $(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11
lock: .tools/.ok
	$(LOCK) requirements/tools.in -o requirements/tools.txt
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) --extra s3 pyproject.toml -o requirements/s3.txt
	$(LOCK) --extra sign pyproject.toml -o requirements/sign.txt
	$(LOCK) --group dev pyproject.toml -o requirements/dev.txt
	cd frontend && PATH="$(NODE_BIN):$$PATH" npm install --ignore-scripts --package-lock-only

# The cluster of docs/operate/cluster.md on this machine, and its leading node killed under load, TIMES over.
TIMES ?= 1
failover: setup
	@$(PY) -m tests.cluster $(TIMES)

# Its database alone, each machine with a cable: that of the leading node pulled out, and plugged in at the worst moment.
cables: setup
	@$(PY) -m tests.cluster $(TIMES) cables

# One file to install elsewhere, with the front end built: dist/siac-*.whl; its dependencies are in requirements/run.txt.
wheel: setup
	@$(UV) build -q --wheel --out-dir dist .
	@ls dist/siac-*.whl
