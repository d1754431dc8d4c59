# make setup · make demo · make test: each may come first, each may be repeated.
PYTHON ?=
export PYTHON
BIN := .venv/bin

.PHONY: setup demo paper freeze test lint types contract check tests lock clean

setup:
	@sh scripts/setup.sh

demo: setup
	@$(BIN)/discourse run experiments/demo --out runs/demo

# The paper from its runs; without texts, from frozen measures and results.
paper: setup
	@$(BIN)/discourse paper --out runs/paper

# Renew what is frozen, from the texts in DATA, and build the paper.
freeze: setup
	@$(BIN)/discourse paper --freeze --data "$(DATA)" --out runs/paper

test: lint types contract tests

lint: setup
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

contract: setup
	$(BIN)/lint-imports

tests: setup
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

lock: setup
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--python-version 3.11 --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv runs
