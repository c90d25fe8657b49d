# Two commands, each complete in itself from a fresh clone: make demo, make test. CI also runs make proofs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Every crawl starts an interpreter: without compiled bytecode it takes twice the time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test proofs lint audit lock sbom clean

demo: $(VENV)/.installed
	$(BIN)/ofsted-watch demo

# What takes longest comes first, so that none is left over at the end. Four workers for two cores, for crawls also wait.
LONG := $(addprefix tests/,spiders/cmis service spiders/newsroom spiders/ofsted spiders/moderngov cli notifiers/slack \
  crawl notifiers spiders health)
test: $(VENV)/.installed-dev
	$(BIN)/pytest -n 4 --dist loadfile --no-loadscope-reorder -m "not slow" $(LONG) tests

# Short versions of the long proofs and benchmarks, and what takes more than a few seconds. The longest come first, so
# that none is left over at the end, and what shares a costly fixture stays together; they wait more than they compute.
LONGEST := tests/test_soak_watch.py tests/test_soak.py tests/workers tests/test_benchmarks.py
proofs: $(VENV)/.installed-dev
	$(BIN)/pytest -n 6 --dist loadgroup -m slow $(LONGEST) tests

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Secrets in the tree, and weaknesses of the locked packages; says so where the advisories cannot be had.
audit: $(VENV)/.installed-dev
	$(BIN)/python .ci/audit

# Exactly the locked packages, checked by their hashes; then the project itself, without looking anything up.
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q monitor notifiers spiders
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

# Needs uv. The locks hold for every Python from 3.11 on and name no package index: what everybody needs, what the image
# carries besides, and what the tests need.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --no-header pyproject.toml --extra build
EXTRAS := --extra site --extra mcp --extra replica --extra sqlite --extra workers

lock:
	$(LOCK) -o requirements.lock
	$(LOCK) $(EXTRAS) -o requirements-image.lock
	$(LOCK) $(EXTRAS) --extra dev -o requirements-dev.lock

# All that the locked environment is made of, as CycloneDX JSON. An image that is built afterwards carries it.
sbom: .sbom/.installed
	.sbom/bin/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application --output-reproducible \
	  --of JSON -o sbom.json requirements.lock

.sbom/.installed:
	$(PYTHON) -m venv .sbom
	.sbom/bin/pip install --quiet 'cyclonedx-bom>=7,<8'
	touch $@

clean:
	rm -rf $(VENV) .sbom sbom.json build dist *.egg-info
