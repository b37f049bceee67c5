# The dozen verbs. `make run` and `make test` need nothing but Python >= 3.11 and set everything up themselves.
PYTHON ?= python3
BIN := .venv/bin
export UV_COMPILE_BYTECODE := 1
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
WORKSPACE ?= .workspace/demo
PORT ?= 8420

.PHONY: help run test setup dev lint types arch unit lock docs clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: setup ## set up, load the demo town, serve it and stay up
	@$(BIN)/mingcha --workspace $(WORKSPACE) demo --size 300 --if-empty
	@$(BIN)/mingcha --workspace $(WORKSPACE) serve --port $(PORT)

test: dev lint types arch unit ## set up, then lint, types, contracts and tests

setup: .venv/.core ## install what the product needs, compile the kernels (the shared first half)
dev: .venv/.dev ## install what the checks need as well

.venv/.build: requirements/build.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	@touch $@

.venv/.core: .venv/.build requirements/core.txt pyproject.toml
	@echo "installing mingcha ..."
	@$(UV) --require-hashes -r requirements/core.txt
	@$(UV) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m mingcha.cli.warm
	@touch $@

.venv/.dev: .venv/.core requirements/dev.txt
	@echo "installing the checks ..."
	@$(UV) --require-hashes -r requirements/dev.txt
	@touch $@

lint: dev ## ruff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: dev ## mypy --strict
	@$(BIN)/mypy

arch: dev ## the contracts between rooms
	@PYTHONPATH=src $(BIN)/lint-imports --no-cache

unit: dev ## every test
	@$(BIN)/python -m pytest

lock: .venv/.build ## renew the hash-pinned requirements (no registry address is written)
	@$(BIN)/uv pip compile -q requirements/build.in --universal --generate-hashes --no-header --no-annotate -o requirements/build.txt
	@$(BIN)/uv pip compile -q pyproject.toml --universal --generate-hashes --no-header --no-annotate -o requirements/core.txt
	@$(BIN)/uv pip compile -q pyproject.toml --extra dev --universal --generate-hashes --no-header --no-annotate -o requirements/dev.txt

docs: dev ## renew the generated reference pages
	@$(BIN)/python -m mingcha.cli.reference
	@$(BIN)/python -m mingcha.cli.examples

clean: ## remove what was built
	@rm -rf .venv .workspace .mypy_cache .ruff_cache .pytest_cache
