# Tasks for developers. `make` lists them; CONTRIBUTING.md explains them.

PYTHON := .venv/bin/python
FILE ?= tests/domain
CODE ?= ar
CATALOGUE = claims/locale/$(CODE)/LC_MESSAGES/django.po

.PHONY: help setup test test-fast lint format demo messages ci

help:  ## list the tasks
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup:  ## make .venv and install the packages for development
	python3 -m venv .venv
	.venv/bin/pip install -q --require-hashes -r requirements-dev.txt

test:  ## run all tests, on all cores
	.venv/bin/pytest

test-fast:  ## run one file in one process: make test-fast FILE=tests/domain/test_dates.py
	.venv/bin/pytest -q -n 0 $(FILE)

lint:  ## run all linters; they change nothing
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	git ls-files -z 'templates/*.html' | xargs -0 .venv/bin/djade --check
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo --no-cache

format:  ## format Python files and templates
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	git ls-files -z 'templates/*.html' | xargs -0 .venv/bin/djade

demo:  ## serve the demo at http://127.0.0.1:8000/
	$(PYTHON) manage.py demo

messages:  ## update and compile a catalogue: make messages CODE=fa (without CODE: Arabic)
	DEMO=1 $(PYTHON) manage.py makemessages -l $(CODE) --no-location --no-obsolete --ignore tests
	msgcat --sort-output --width=100 $(CATALOGUE) | sed -E '/^"(Report-Msgid-Bugs-To|POT-Creation-Date):/d' > $(CATALOGUE).new
	mv $(CATALOGUE).new $(CATALOGUE)
	DEMO=1 $(PYTHON) manage.py compilemessages -l $(CODE) --ignore .venv

ci:  ## run everything that a merge needs
	.ci/run
