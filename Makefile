# The portal's commands; `make` alone lists them. What each needs is installed by scripts/bootstrap the first time.
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check e2e bench fix messages lock stop

PORT ?= 8000
JOBS ?= 2
PY := .venv/bin/python
# Tests have a PostgreSQL and a Redis of their own, which may be lost in a power cut; the demo's are left alone.
TEST_ENV := RESEAU_VAR="$(CURDIR)/var/test" RESEAU_LOCAL_FAST=1
RUN := $(TEST_ENV) CHROMIUM="$$(scripts/chromium-path)" $(PY) -m reseau.local run --

help: ## this list
	@grep -E '^[a-z0-9-]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 14

demo: ## a running, populated portal (PORT=8000)
	@scripts/bootstrap demo
	@PORT=$(PORT) exec $(PY) scripts/demo.py

demo-reset: ## the same, from an empty database
	@scripts/bootstrap demo
	@PORT=$(PORT) exec $(PY) scripts/demo.py --reset

test: ## the whole suite on real PostgreSQL, Redis and Chromium (ARGS="-k word")
	@scripts/bootstrap test
	@$(RUN) $(PY) -m pytest -n $(JOBS) --dist worksteal -m "not drill" $(ARGS)

check: ## what CI runs: lint, types, floors, migrations, translations, deployment, all tests
	@scripts/bootstrap check
	@$(RUN) scripts/check
	@$(RUN) $(PY) -m pytest -n $(JOBS) --dist worksteal $(ARGS)

e2e: ## the browser journeys alone
	@scripts/bootstrap test
	@$(RUN) $(PY) -m pytest -m e2e $(ARGS)

bench: ## speed, as ratios measured in one run
	@scripts/bootstrap test
	@$(RUN) $(PY) -m bench

fix: ## formatters
	@scripts/bootstrap test
	@$(PY) -m ruff check --fix . ; $(PY) -m ruff format .

messages: ## extracts and compiles the translations
	@scripts/bootstrap check
	@$(PY) scripts/messages.py
	@$(PY) scripts/compile_messages.py

lock: ## locks requirements/*.in again (needs uv); no index address is written
	cd requirements && for name in base dev; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-config --no-header \
	    --no-emit-index-url --no-emit-find-links $$([ $$name = base ] || echo -c base.txt) $$name.in -o $$name.txt || exit 1; done

stop: ## ends local services that manage.py or a killed demo left running
	@[ ! -x $(PY) ] || { $(PY) -m reseau.local stop; $(TEST_ENV) $(PY) -m reseau.local stop; }
