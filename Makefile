# Everything here sets itself up: the first run makes .venv and installs exactly what requirements/ pins.

PYTHON ?= python3
ARGS ?=
BUILDER ?= zensical
PIP = .venv/bin/python -m pip --disable-pip-version-check
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(ARGS)

# Material ends in May 2027: `make portability` shows that the register can move.
export NO_MKDOCS_2_WARNING = 1

.PHONY: help site serve check test bench format lock portability clean

help: ## show this list
	@awk -F ': .*## |: ## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

site: .venv/site.stamp ## check the register and build the site into site/
	.venv/bin/asreported site $(ARGS)

serve: .venv/site.stamp ## show the site on this machine while you edit
	.venv/bin/mkdocs serve $(ARGS)

check: .venv/site.stamp ## check every incident file (ARGS="--format github" for annotations)
	.venv/bin/asreported check $(ARGS)

test: .venv/test.stamp ## check style and types, run the tests (ARGS="-k figures" for some of them)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/python -m pytest $(ARGS)

bench: .venv/test.stamp ## measure how the comparison bears a thousand incidents (ARGS="100 1000")
	.venv/bin/python -m benchmarks.compare $(ARGS)

format: .venv/test.stamp ## put the code into shape
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

lock: .venv/lock.stamp ## pin what pyproject.toml asks for (ARGS=--upgrade for the newest versions)
	$(LOCK) pyproject.toml --group build --output-file requirements/site.txt
	$(LOCK) pyproject.toml --group build --extra test --constraint requirements/site.txt --output-file requirements/test.txt
	$(LOCK) pyproject.toml --group portability --constraint requirements/site.txt --output-file requirements/portability.txt
	$(LOCK) --group lock --output-file requirements/lock.txt

portability: .venv/portability.stamp ## build the same pages with another builder (BUILDER=properdocs or zensical)
	rm -rf .portability
	.venv/bin/asreported build --out .portability/docs
	printf '%s\n' 'INHERIT: mkdocs.yml' 'docs_dir: .portability/docs' 'site_dir: .portability/site' 'hooks: []' > .portability.yml
	.venv/bin/$(BUILDER) build --config-file .portability.yml

clean: ## remove everything that make has made, .venv included
	rm -rf .venv site .site-* .cache .portability .portability.yml build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than what it was installed from. A file that fails to install leaves no stamp.
# A .venv whose Python has gone, as after an upgrade of the system, is made anew.

$(shell test -x .venv/bin/python || rm -rf .venv)

.venv/bin/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'As Reported needs Python 3.11 or newer, and "$(PYTHON)" is not that.' >&2; \
		echo 'Install one from https://www.python.org/downloads/ or name it: make PYTHON=python3.13' >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo '"$(PYTHON)" cannot make a virtual environment.' >&2; \
		echo 'On Debian and Ubuntu, run: sudo apt-get install python3-venv' >&2; exit 1; }
	"$(PYTHON)" -m venv .venv

.venv/site.stamp: requirements/site.txt pyproject.toml | .venv/bin/python
	$(PIP) install --quiet --require-hashes -r requirements/site.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/test.stamp: requirements/test.txt .venv/site.stamp
	$(PIP) install --quiet --require-hashes -r requirements/test.txt
	touch $@

.venv/portability.stamp: requirements/portability.txt .venv/site.stamp
	$(PIP) install --quiet --require-hashes -r requirements/portability.txt
	touch $@

.venv/lock.stamp: requirements/lock.txt | .venv/bin/python
	$(PIP) install --quiet --require-hashes -r requirements/lock.txt
	touch $@
