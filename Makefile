# The one task runner: README, CI and contributors all use these targets.
.DEFAULT_GOAL := serve
.PHONY: serve nginx build bundle check advise write diff release schema bench bench-large test statement lint lock audit \
	licences clean

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
ENGINE ?= mkdocs
VENV := .venv
RUN := $(VENV)/bin/python

serve: $(VENV)/.site ## Install, build and serve the site; edits of the tree show at once.
	@$(RUN) -m generator serve --address $(ADDRESS)

nginx: ADDRESS = 127.0.0.1:8080
nginx: build ## Build the site and serve it by nginx, with the headers and the caching of deploy/nginx/.
	@echo "http://$(ADDRESS)/"
	@deploy/nginx/try $(ADDRESS) site .nginx

build: $(VENV)/.site ## Check the tree and build the site into site/.
	@$(RUN) -m generator build --engine $(ENGINE)

bundle: $(VENV)/.site ## Build the site and pack it into dist/: one zip to unpack, with checksums.
	@$(RUN) -m generator bundle

check: $(VENV)/.site ## Check the tree.
	@$(RUN) -m generator check

advise: $(VENV)/.site ## Give advice on the language.
	@$(RUN) -m generator advise

write: $(VENV)/.site ## Check the tree and write the generated pages into content/.
	@$(RUN) -m generator write

diff: $(VENV)/.site ## Show what changes since the last version, and save it for the meeting in andringar/.
	@$(RUN) -m generator diff --save andringar

release: $(VENV)/.site ## Put the finished version away, so that later ones can be compared with it.
	@$(RUN) -m generator release

schema: $(VENV)/.site ## Write the tree's format for editors.
	@$(RUN) -m generator schema

test: $(VENV)/.dev ## Install what the tests need, a browser too, and run them.
	@$(RUN) -m ruff format --check .
	@$(RUN) -m ruff check .
	@$(RUN) -m mypy
	@$(RUN) -m pytest --numprocesses auto --dist loadgroup

statement: $(VENV)/.dev ## Test accessibility, and write the results that the statement tells.
	@UPDATE_ACCESSIBILITY=1 $(RUN) -m pytest tests/e2e/test_accessible.py -k mkdocs

bench: $(VENV)/.dev ## Measure what building, reading and serving cost, and write docs/benchmarks.md.
	@$(RUN) -m benchmarks $(BENCH)

bench-large: $(VENV)/.dev ## Measure building a tree of 10,000 nodes, too: some 15 minutes.
	@$(RUN) -m benchmarks large

lint: $(VENV)/.dev ## Format the code and run the linters.
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m mypy

lock: $(VENV)/.dev ## Lock the dependencies anew, with hashes.
	$(RUN) -m pip install --quiet uv
	$(RUN) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header requirements.in -o requirements.txt
	$(RUN) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header requirements-dev.in -o requirements-dev.txt

# AUDIT takes more arguments: another service to ask, or a finding to leave aside.
audit: $(VENV)/.dev ## Look for known vulnerabilities in what is locked. What cannot be asked about is a failure.
	@$(RUN) -m pip_audit --strict --require-hashes --disable-pip --progress-spinner off $(AUDIT) -r requirements.txt
	@$(RUN) -m pip_audit --strict --require-hashes --disable-pip --progress-spinner off $(AUDIT) -r requirements-dev.txt

licences: $(VENV)/.dev ## Check the licences of what is locked, and list them in docs/dependencies.md.
	@UPDATE_DEPENDENCIES=1 $(RUN) -m pytest -q tests/bundle/test_dependencies.py

clean: ## Remove what was installed and built.
	rm -rf $(VENV) site dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.txt | $(VENV)/bin/python
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt tests/install-browser tests/install-nginx | $(VENV)/bin/python
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@tests/install-browser $(RUN)
	@tests/install-nginx $(VENV)/nginx
	@touch $@ $(VENV)/.site
