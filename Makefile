# One word per task, on a laptop and in CI. PORT, GANDAN_HOME, DATABASE_URL are respected.

.DEFAULT_GOAL := run
.PHONY: run test test-full test-spark check fix demo docs pictures bench messages clean

PYTHON_IN := .venv/bin/python
PYTEST := $(PYTHON_IN) -m pytest
DJANGO := DJANGO_SETTINGS_MODULE=config.settings $(PYTHON_IN) -W ignore -m django
TEMPLATES = git ls-files -z -- 'gandan/*.html'

run: ## set up everything, then serve the demo province on http://localhost:8000
	@scripts/setup
	@exec .venv/bin/gandan run --demo

test: ## set up everything, then rules, actions, pages; then a dozen browser journeys
	@scripts/setup test
	$(PYTEST) -n 2 --ignore=tests/journeys
	$(PYTEST) tests/journeys

test-full: ## the rest too: languages, widths, axe, faults, matrices, PostgreSQL 15, Spark
	@scripts/setup test
	$(PYTEST) -m 'full or not full' -n 2 --ignore=tests/journeys --ignore=tests/launch
	$(PYTEST) -m 'full or not full' tests/launch tests/journeys
	@scripts/on-postgres-15 $(PYTEST) -n 2 --ignore=tests/journeys --ignore=tests/launch
	@scripts/on-spark $(PYTEST) -m spark tests/indicators

test-spark: ## the figures' SQL on Spark in local mode (pyspark, and Java 17 when root)
	@scripts/setup test
	@scripts/on-spark $(PYTEST) -m spark tests/indicators

check: ## format, lint, types, floors, templates, migrations, generated docs
	@scripts/setup dev
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check --quiet .
	.venv/bin/mypy .
	.venv/bin/lint-imports
	$(TEMPLATES) | xargs -0r .venv/bin/djade --check --target-version 5.2
	$(DJANGO) makemigrations --check --dry-run
	@[ ! -e scripts/docs ] || $(PYTHON_IN) scripts/docs --check

fix: ## what a machine can fix
	@scripts/setup dev
	.venv/bin/ruff check --quiet --fix .
	.venv/bin/ruff format --quiet .
	$(TEMPLATES) | xargs -0r .venv/bin/djade --target-version 5.2

demo: ## reset the demo province
	@scripts/setup
	@exec .venv/bin/gandan demo --reset

docs: ## regenerate state diagrams, event schemas and the other generated pages
	@scripts/setup dev
	$(PYTHON_IN) scripts/docs

pictures: ## draw the handbook's pictures anew, from the six cards of a demo province
	@scripts/setup test
	$(PYTHON_IN) scripts/pictures

bench: ## the benchmarks, each beside its baseline (BENCH="--only intake" for one)
	@scripts/setup test
	@exec $(PYTHON_IN) -m bench $(BENCH)

messages: ## compile the translations
	@scripts/setup

clean: ## remove what was installed and built; the data in var/ stays
	rm -rf .venv node_modules gandan/ui/static/ui/build *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find config gandan tests scripts -name __pycache__ -prune -exec rm -rf {} +
	find gandan -name '*.mo' -delete
