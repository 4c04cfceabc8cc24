# What people type. Each target is a line or two that can be typed by hand too: see README.md.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
export NO_MKDOCS_2_WARNING := 1

.PHONY: serve build test record lint

serve: $(READY)
	$(BIN)/python -m dlbook.book.serve

build: $(READY)
	$(BIN)/python -m dlbook.book.build

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadgroup $(PYTEST_ARGS)

record: $(READY)
	$(BIN)/python -m pytest docs --record

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The environment is made once, and again when what it is made from changes.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[docs,test]'
	touch $@
