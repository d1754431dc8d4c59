# make setup · make demo · make test: each may come first, each may be repeated.
PYTHON ?=
export PYTHON
BIN := .venv/bin

.PHONY: setup demo test lint types contract check tests lock clean

setup:
	@sh scripts/setup.sh

demo: setup
	@$(BIN)/discourse run experiments/demo --out runs/demo

test: lint types contract tests

lint: setup
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

contract: setup
	$(BIN)/lint-imports

tests: setup
	$(BIN)/python -m pytest -n auto --dist loadfile

lock: setup
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--python-version 3.11 --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv runs
