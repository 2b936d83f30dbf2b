# Every target does the set-up that it needs. On a fresh machine `make demo` and `make test` are enough.

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
READY := .venv/.ready
CDK := aws-cdk@2.1148.1
PEERS := duckdb polars pandas openfisca dve frictionless pandera
MUTANTS := .build/mutants

.PHONY: setup demo up down test check fix bench fuzz mutants national reconcile synth deploy lock docs

setup: $(READY)

$(READY): requirements/project.lock requirements/functions.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/project.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	$(BIN)/python -m compileall -q functions schemas infra cqrs
	$(BIN)/cqrs assembly bundle
	touch $(READY)

demo: $(READY)  ## one practice's year, from the supplier's upload to the approved payment, on the local AWS
	$(BIN)/cqrs demo

up: $(READY)  ## start the local AWS and deploy to it
	$(BIN)/cqrs local up
	$(BIN)/cqrs local deploy

down: $(READY)  ## stop the local AWS; its state stays in .local
	$(BIN)/cqrs local down

test: $(READY)  ## the journeys by themselves, since the local AWS needs the machine; then all others, several at once
	$(BIN)/python -m pytest tests/journey
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --ignore tests/journey

check: $(READY)  ## lint, types, architecture; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python -m bench

FUZZ_FILES ?= 200000
FUZZ_FIRST ?= 0

fuzz: $(READY)  ## spoilt files through the checker, from the breed FUZZ_FIRST on
	$(BIN)/python -m tests.fuzz --first $(FUZZ_FIRST) --files $(FUZZ_FILES)

mutants: $(MUTANTS)/made.jsonl  ## change the calculation in one place at a time; its tests are to notice
	$(BIN)/python -m tests.mutants $(MUTANTS)/made.jsonl

$(MUTANTS)/made.jsonl: $(MUTANTS)/.ready tests/mutants/making.py tests/mutants/scope.toml functions/domain/calculate/*.py
	$(MUTANTS)/bin/python tests/mutants/making.py > $@.new
	mv $@.new $@

$(MUTANTS)/.ready: requirements/mutants.lock $(READY)
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(MUTANTS)
	$(BIN)/uv pip install --quiet --python $(MUTANTS)/bin/python --require-hashes -r requirements/mutants.lock
	touch $@

national: $(READY)  ## two nations through the deployed pipeline, what they take, and a file ten times as long; needs CQRS_SHARED
	$(BIN)/cqrs national

reconcile: $(READY)  ## points available and cash against those published, without deploying; needs CQRS_SHARED
	$(BIN)/cqrs reconcile

synth: $(READY)
	$(BIN)/cqrs assembly synth

deploy: $(READY)  ## to the AWS account of your credentials
	$(BIN)/cqrs assembly synth
	npx --yes $(CDK) deploy --app .build/assembly-aws

lock:  ## resolve the dependencies anew
	$(BIN)/uv pip compile -q pyproject.toml --extra checks --universal --python-version 3.11 --generate-hashes --upgrade -o requirements/project.lock
	$(BIN)/uv pip compile -q requirements/functions.in --universal --python-version 3.11 --generate-hashes --upgrade -o requirements/functions.lock
	$(BIN)/uv pip compile -q requirements/mutants.in --universal --python-version 3.11 --generate-hashes --upgrade -o requirements/mutants.lock
	for peer in $(PEERS); do \
	  $(BIN)/uv pip compile -q bench/peers/$$peer/requirements.in --universal --python-version 3.11 --generate-hashes --upgrade -o bench/peers/$$peer/requirements.lock || exit 1; \
	done

docs: $(READY)  ## write what is generated: the OpenAPI document, the schema of report.json, the pages of the codes
	$(BIN)/cqrs openapi > docs/openapi.json
	$(BIN)/cqrs schema > docs/acknowledgement.schema.json
	$(BIN)/cqrs errors --out docs/errors
