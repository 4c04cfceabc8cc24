# What people type. Each target is a line or two that can be typed by hand too: see README.md.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
PAGES := $(if $(PAGE),$(wildcard docs/*/$(PAGE).md),docs)
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve build offline pdf epub slides check test record long budget chapter lint

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(READY) ## both languages at http://127.0.0.1:8000, with live reload
	$(BIN)/python -m dlbook.book.serve

build: $(READY) ## both languages, built into site/
	$(BIN)/python -m dlbook.book.build

offline: $(READY) ## the same into site-offline/ and dlbook.zip, to be read from a folder without a server
	$(BIN)/python -m dlbook.book.build --offline --site-dir site-offline --zip dlbook.zip

pdf: $(READY) ## one PDF per language, dlbook.en.pdf and dlbook.zh.pdf, printed by Chromium
	$(BIN)/python -m dlbook.book.paper

epub: $(READY) ## one EPUB per language, dlbook.en.epub and dlbook.zh.epub, for readers of books
	$(BIN)/python -m dlbook.book.epub

slides: $(READY) ## the slides of a page as a PDF per language, into slides/, with PAGE=lrn
	$(if $(PAGE),,$(error which page? make slides PAGE=lrn))
	$(BIN)/python -m dlbook.book.slides $(PAGE)

check: $(READY) ## in seconds: all checks of the book, and the pages that you have changed
	$(BIN)/python -m dlbook.book.check

test: $(READY) ## everything: blocks, formulas, package, the site in a browser
	$(BIN)/python -m pytest -n auto --dist loadgroup $(PYTEST_ARGS)

record: $(READY) ## rewrite the recorded outputs that are stale; of one page with PAGE=lrn
	$(if $(PAGES),,$(error no page docs/*/$(PAGE).md))
	$(BIN)/python -m pytest $(PAGES) --record

long: $(READY) ## the listings that take minutes, too, from cold; of one page with PAGE=cnn
	$(if $(PAGES),,$(error no page docs/*/$(PAGE).md))
	$(BIN)/python -m pytest $(PAGES) --long --no-listing-cache -n auto --dist loadgroup $(PYTEST_ARGS)

budget: $(READY) ## the comparisons with four times the steps: no verdict may turn round
	$(if $(PAGES),,$(error no page docs/*/$(PAGE).md))
	$(BIN)/python -m pytest $(PAGES) --budget 4 -n auto --dist loadgroup $(PYTEST_ARGS)

chapter: $(READY) ## write what follows from the chapters: nav, lists, the pages beside them
	$(BIN)/python -m dlbook.book.chapter --update

lint: $(READY) ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The environment is made once, and again when what it is made from changes.
$(READY): pyproject.toml constraints.txt
	@echo "Making .venv and installing the book: about 3 minutes, most of it to download PyTorch; pip says below what it is at."
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --disable-pip-version-check -c constraints.txt -e '.[docs,test]'
	touch $@
