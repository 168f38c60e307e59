# `make demo` plays a mission on this machine; `make test` checks everything. Both build their own environment.
PYTHON ?= python3
VENV := .venv
PORT ?= 8065
DATA ?= demo-data
BIN := $(VENV)/bin

# Says every few seconds how far it is: pip is silent while it unpacks. What is installed is compiled when it is first used.
define install
$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --no-compile -c constraints.txt -e '$(1)' & \
pip=$$!; seconds=0; \
while kill -0 $$pip 2>/dev/null; do \
	sleep 1; seconds=$$((seconds + 1)); \
	[ $$((seconds % 4)) -ne 0 ] || echo "... $$seconds s, $$(ls -d $(VENV)/lib/*/site-packages/*.dist-info | wc -l) packages are in place"; \
done; \
wait $$pip
endef

.PHONY: demo test quick check golden generate clean

demo: $(VENV)/demo-ready
	@exec $(BIN)/python -m bot --parent $$PPID demo --port $(PORT) --data $(DATA)

test: $(VENV)/test-ready check
	$(BIN)/python -m tests.browser
	$(BIN)/python -m slipcover --source bot,commands,storage --json --out .coverage.json -m pytest -m quick -n 2 --dist worksteal
	$(BIN)/python -m tests.coverage .coverage.json
	$(BIN)/python -m pytest -m 'not quick' -n 2 --dist worksteal

# Rules, views, kit and storage on SQLite: what starts nothing. For every change; `make test` is the whole.
quick: $(VENV)/test-ready
	$(BIN)/python -m pytest -m quick --hypothesis-profile=quick -n 2 --dist worksteal

check: $(VENV)/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.dead_code

# Writes the golden files of the rooms' views anew; read the difference before you commit it.
golden: $(VENV)/test-ready
	UPDATE_GOLDEN=1 $(BIN)/python -m pytest -k "views and not sandbox"

generate: $(VENV)/demo-ready
	$(BIN)/python -m bot manifest --write

$(VENV)/demo-ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	@$(call install,.[sandbox])
	touch $@

$(VENV)/test-ready: $(VENV)/demo-ready
	@$(call install,.[dev])
	touch $@

clean:
	rm -rf $(VENV) .coverage.json demo-data .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
