# Needs Python 3.11 or later and a package index, nothing else. `make run` and `make test` set up from nothing.
PYTHON ?= python3
# Options of pip for the set-up; README.md says when one is needed.
PIP_OPTIONS ?=
PYTEST_OPTIONS ?= -n auto
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
LOCKS := requirements.lock requirements-dev.lock
SET_UP := $(VENV)/.set-up
VECTORS := $(VENV)/.vectors

.PHONY: setup run test evaluate bench battery clean

setup: $(VECTORS)

# Everything from the lock files, by hash; PyTorch in its small build where that can be had.
$(SET_UP): pyproject.toml $(LOCKS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than Python 3.11. Name a newer one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up in $(VENV), once: some minutes and 2.9 GB"
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes $(PIP_OPTIONS) $(addprefix -r ,$(LOCKS))
	$(INSTALL) --require-hashes $(PIP_OPTIONS) -r requirements-cpu.lock 2>/dev/null || \
		$(INSTALL) --require-hashes $(PIP_OPTIONS) -r requirements-cuda.lock
	$(INSTALL) --no-build-isolation --editable .
	$(BIN)/python -m assistant.embedding.export
	$(BIN)/python -m api.look
	$(BIN)/python -m compileall -q assistant ingest api
	@touch $@

$(VECTORS): $(SET_UP) $(wildcard assistant/data/* assistant/vocabulary/*.py assistant/themes/*.py)
	$(BIN)/python -m assistant.themes
	@touch $@

run: setup
	$(BIN)/plan-assistant ingest corpus
	@echo
	$(BIN)/plan-assistant ask "what actions on neglect are overdue?"
	@echo
	$(BIN)/plan-assistant serve

test: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest $(PYTEST_OPTIONS) -m "not small_model and not browser"
	$(BIN)/pytest $(PYTEST_OPTIONS) -m browser # apart: a browser's driver leaves an event loop running in its process

# make evaluate FOLDER=my-questions asks the loaded register; without FOLDER the sample corpus, loaded for the purpose.
evaluate: setup
	$(BIN)/python -m tests.evaluation.answers --verbose $(or $(FOLDER),tests/corpus --load corpus)

# The ways to be taken for somebody else, labels, damage, half-open clients, an ordinary reader beside heavy clients, a
# hidden plan (QUESTIONS=5000 for each role takes a quarter of an hour), and kills of loads (KILLS=1000 takes hours).
battery: setup
	$(BIN)/pytest $(PYTEST_OPTIONS) tests/api/test_identity.py tests/api/test_sign_in_real.py tests/api/test_bounds.py \
		tests/api/test_account.py tests/ingest/test_labels.py tests/ingest/test_damage.py
	$(BIN)/python -m tests.battery.damage
	$(BIN)/python -m tests.battery.heavy
	$(BIN)/python -m tests.battery.readers $(or $(SECONDS),75) $(TEST_POSTGRES_URL)
	$(BIN)/python -m tests.battery.hidden $(or $(QUESTIONS),500)
	$(BIN)/python -m tests.battery.hidden_routes
	$(BIN)/python -m tests.battery.kills $(or $(KILLS),100)

# make bench ROWS=10000 measures a register of so many rows made from a seed, beside LangChain over Chroma.
bench: setup
	$(BIN)/python -m tests.bench $(ROWS)

clean:
	rm -rf $(VENV) data build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
