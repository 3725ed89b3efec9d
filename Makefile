# Everything lives in .venv; the only needs are Python 3.11 or later and make.
PYTHON ?= python3.11
GOLD ?= ../shared/gold
BIN := .venv/bin
UV := 0.13.9

.PHONY: demo test lint corpus train eval bench lock clean

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

demo: .venv/ready
	$(BIN)/python samples/demo.py

test: .venv/ready
	$(BIN)/python -m pytest

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

corpus: .venv/ready
	$(BIN)/dragoman model check corpus --gold $(GOLD)

# torch and its like are large and only needed here, so they live apart.
.venv-train/ready: requirements-train.lock pyproject.toml
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --require-hashes -r requirements-train.lock
	.venv-train/bin/python -m pip install --quiet --no-deps -e .
	touch $@

train: .venv-train/ready
	.venv-train/bin/dragoman model train corpus --out src/dragoman/events/model

eval: .venv/ready
	$(BIN)/dragoman eval model corpus/test
	$(BIN)/dragoman eval types $(GOLD)/event_types_dev.tsv
	$(BIN)/dragoman eval sides $(GOLD)/source_target_dev.jsonl
	$(BIN)/dragoman eval statements $(GOLD)/polnear/dev
	$(BIN)/dragoman eval dates $(GOLD)/dates_dev.jsonl
	$(BIN)/dragoman eval places $(GOLD)/places_dev.jsonl

bench: .venv/ready
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/stages.py

lock: .venv/ready
	$(BIN)/python -m pip install --quiet uv==$(UV)
	$(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --extra dev --no-annotate pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --python-version 3.11 --python-platform linux --generate-hashes --extra train --no-annotate pyproject.toml -o requirements-train.lock
	$(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --no-annotate benchmarks/quotations.in -o benchmarks/quotations.txt

clean:
	rm -rf .venv .venv-train build dist eval .hypothesis .pytest_cache .ruff_cache .mypy_cache
	find src tests -name __pycache__ -type d -exec rm -rf {} +
