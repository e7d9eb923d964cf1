# The one task runner: README, CI and contributors all use these targets.
.DEFAULT_GOAL := serve
.PHONY: serve new example nginx apache build bundle check advise write diff status form release schema bench test test-all test-faults test-fresh statement lint \
	lock try-engines audit licences clean

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
ENGINE ?= mkdocs
VENV := .venv
RUN := $(VENV)/bin/python
# TREE names one routine of several: TREE=tree/avhysning.yaml.
GENERATOR = $(RUN) -m generator$(if $(TREE), --tree $(TREE))
FOR_ENGINE := $(VENV)/.$(if $(filter zensical,$(ENGINE)),zensical,site)

serve: $(VENV)/.site ## Install, build and serve the site; edits of the tree show at once.
	@$(GENERATOR) serve --address $(ADDRESS) --engine $(ENGINE)

new: $(VENV)/.site ## Write a draft of a new routine, NAME, beside others or in a copy of the project that has none; LANGUAGE=en for English.
	@$(RUN) -m generator new $(NAME) $(if $(LANGUAGE),--language $(LANGUAGE))

example: NAME = incident
example: TREE = examples/$(NAME)/tree/$(NAME).yaml
example: $(VENV)/.site ## Build and serve one of examples/, NAME, in a copy of the project, as "make new" begins a routine.
	@rm -rf .example && mkdir .example && cp -R content generator site_overrides mkdocs.yml .example
	@$(RUN) -m generator --root .example new $(NAME) --language "$$(sed -n 's/^  language: //p' $(TREE))" >/dev/null
	@cp $(TREE) tree/schema.json .example/tree
	@$(RUN) -m generator --root .example serve --address $(ADDRESS) --engine $(ENGINE)

nginx apache: ADDRESS = 127.0.0.1:8080
nginx apache: build ## Build the site and serve it by nginx or Apache, with the headers and the caching of deploy/.
	@echo "http://$(ADDRESS)/"
	@deploy/$@/try $(ADDRESS) site .$@

build: $(FOR_ENGINE) ## Check the tree and build the site into site/.
	@$(GENERATOR) build --engine $(ENGINE)

bundle: $(FOR_ENGINE) ## Build the site and pack it into dist/: one zip to unpack, with checksums.
	@$(GENERATOR) bundle --engine $(ENGINE)

check: $(VENV)/.site ## Check the tree.
	@$(GENERATOR) check

advise: $(VENV)/.site ## Give advice on the language.
	@$(GENERATOR) advise

write: $(VENV)/.site ## Check the tree and write the generated pages into content/.
	@$(GENERATOR) write

diff: $(VENV)/.site ## Show what changes since the last version, and save it for the meeting in andringar/.
	@$(GENERATOR) diff --save andringar

status: $(VENV)/.site ## Save what is wrong and what is new in utkast.html, a file to send.
	@$(GENERATOR) status

form: $(VENV)/.site ## Save a form that changes the tree in formular.html, a file to send.
	@$(GENERATOR) form

release: $(VENV)/.site ## Put the finished version away, so that later ones can be compared with it.
	@$(GENERATOR) release

schema: $(VENV)/.site ## Write the tree's format for editors.
	@$(RUN) -m generator schema

# TESTS takes arguments for pytest: which tests, and on how many cores.
test: $(VENV)/.tests ## Install what the tests need, a browser too, and run them.
	@$(RUN) -m ruff format --check .
	@$(RUN) -m ruff check .
	@$(VENV)/bin/oxfmt --check
	@$(VENV)/bin/oxlint
	@$(RUN) -m mypy
	@echo "Running the tests; the first builds the site ..."
	@$(RUN) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --durations 15 $(TIER) $(TESTS)

test-all: TIER = --full
test-all: $(VENV)/.browsers test ## Run every test with every value, in three browsers and on the site of each engine, as before a release.

# FAULTS takes parts of the faults' names; without, all are tried: some half an hour.
test-faults: $(VENV)/.tests ## Seed faults into a copy, one at a time, and demand that the tests see each.
	@$(RUN) -m tests.faults $(FAULTS)

# SUITES takes other releases of Debian; as they install, so can anyone.
test-fresh: ## Run both commands of the README on new machines of Debian's stable and oldstable. Takes root.
	@tests/fresh $(SUITES)

statement: $(VENV)/.browsers ## Test accessibility and three browsers, and write the results that the statement tells.
	@UPDATE_ACCESSIBILITY=1 $(RUN) -m pytest --full tests/e2e/test_accessible.py tests/e2e/test_other_browsers.py -k mkdocs

bench: $(VENV)/.tests ## Measure what building, reading and serving cost, and write docs/benchmarks.md.
	@$(RUN) -m benchmarks $(BENCH)

lint: $(VENV)/.dev ## Format the code and run the linters.
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .
	@$(VENV)/bin/oxfmt
	@$(VENV)/bin/oxlint --fix
	@$(RUN) -m mypy

lock: COMPILE := $(RUN) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header
lock: $(VENV)/.dev ## Lock the dependencies anew, with hashes.
	$(RUN) -m pip install --quiet uv
	$(COMPILE) --excludes requirements-without.in requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt
	$(COMPILE) --constraints requirements-dev.txt requirements-zensical.in -o requirements-zensical.txt

# ENGINES takes others than the newer ones: ENGINES="zensical==0.0.72".
try-engines: $(VENV)/.dev ## Try engines that are newer than the locked ones, each on a copy: installs, builds, passes?
	@$(RUN) -m tests.newer_engines $(ENGINES)

# AUDIT takes more arguments: another service to ask, a finding to leave aside, or "--database all.zip" instead of a service.
audit: $(VENV)/.dev ## Look for known vulnerabilities in what is locked, and tell what nobody could say anything of.
	@$(RUN) -m tests.bundle.audit $(AUDIT) requirements.txt requirements-dev.txt

licences: $(VENV)/.dev ## Check the licences of what is locked, and list them in docs/dependencies.md.
	@UPDATE_DEPENDENCIES=1 $(RUN) -m pytest -q tests/bundle/test_dependencies.py

clean: ## Remove what was installed, generated and built.
	rm -rf $(VENV) site site.* dist .dist.next .content.next .nginx .apache .example .routines utkast.html formular.html andringar .andringar.next .cache .hypothesis .*_cache .build.lock .mkdocs.yml
	@sed -n 's/^ *"\([^"]*\)",*$$/content\/\1/p' content/.generated.json 2>/dev/null | tr '\n' '\0' | xargs -0 rm -f content/.generated.json
	@find content -type d -empty -delete
	@find . -name __pycache__ -prune -exec rm -rf {} +

# What is installed is looked at every time, which takes a moment: see "install".
.PHONY: $(VENV)/.site $(VENV)/.zensical $(VENV)/.dev $(VENV)/.tests $(VENV)/.browsers
$(VENV)/.site:
	@./install $(PYTHON) $(VENV) requirements.txt

$(VENV)/.zensical:
	@./install $(PYTHON) $(VENV) requirements-zensical.txt requirements.txt

$(VENV)/.dev:
	@./install $(PYTHON) $(VENV) requirements-dev.txt requirements.txt

$(VENV)/.tests:
	@./install $(PYTHON)
	@tests/install-browser $(PYTHON) first
	@./install $(PYTHON) $(VENV) requirements-dev.txt requirements.txt
	@tests/install-browser $(RUN) last
	@tests/install-servers $(VENV)

$(VENV)/.browsers: $(VENV)/.tests
	@tests/install-browser $(RUN) others
