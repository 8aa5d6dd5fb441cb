# Mötesminne. `make chat` and `make test` do all their own set-up; run again they start at once.

PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
LOCK    := requirements.lock
DEMO    := demo-arkiv
ARCHIVE ?= $(DEMO)
MODEL   ?=
PORT    ?= 8501
EXTRAS  := $(if $(MODEL),models)
READING := tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd tesseract-ocr-swe hunspell-sv
BROWSER := chromium fonts-liberation fonts-dejavu-core
QUESTION := Vad kostar det att delta i konferensen?

# What failed is run once more, and what fails twice has failed: a browser on a busy machine can be late, a fault stays.
twice = $(BIN)/pytest $(1) || $(BIN)/pytest $(1) --last-failed --last-failed-no-failures none

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export OMP_THREAD_LIMIT := 1
ifneq ($(MODEL),)
export MOTESMINNE_EMBEDDER := $(MODEL)
endif

.PHONY: chat test test-slow lint types eval bench lock clean system-chat system-test

chat: $(VENV)/.chat$(EXTRAS) system-chat ## reads the samples (or opens ARCHIVE=folder), asks one question, serves the web face
ifeq ($(ARCHIVE),$(DEMO))
	@$(BIN)/motesminne ingest corpus/samples/documents --archive $(DEMO)
	@echo; echo "Fråga: $(QUESTION)"; echo
	@$(BIN)/motesminne ask "$(QUESTION)" --archive $(DEMO)
endif
	@$(BIN)/motesminne chat --archive $(ARCHIVE) --port $(PORT)

test: $(VENV)/.dev system-test lint types ## lint, types and the fast tests, under 5 minutes
	$(call twice,-n 2)

test-slow: $(VENV)/.dev system-test ## the tests that take long
	$(call twice,-m slow)

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

eval: $(VENV)/.dev system-test ## all scores but speed, on the samples; report in rapporter/
	$(BIN)/motesminne eval all

bench: $(VENV)/.dev system-test ## speed as ratios in one run; JSON on stdout
	$(BIN)/python -m evals.bench

system-chat:
	@setup/system_parts.sh $(READING)

system-test:
	@setup/system_parts.sh $(READING) $(BROWSER)

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || setup/system_parts.sh python3-venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Mötesminne behöver Python 3.11 eller senare." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.chat: $(VENV)/bin/pip $(LOCK) pyproject.toml
	$(BIN)/pip install -q -c $(LOCK) -e .
	@touch $@

$(VENV)/.chatmodels: $(VENV)/.chat
	$(BIN)/pip install -q -c $(LOCK) -e '.[models]'
	@touch $@

$(VENV)/.dev: $(VENV)/bin/pip $(LOCK) pyproject.toml
	$(BIN)/pip install -q -c $(LOCK) -e '.[dev]'
	@touch $@ $(VENV)/.chat $(VENV)/.chatmodels

lock: ## write the lock anew from what a fresh environment gets
	rm -rf $(VENV)-lock && $(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install -q torch==2.13.0 && $(VENV)-lock/bin/pip install -q '.[dev,ollama,anthropic,mistralai]'
	$(VENV)-lock/bin/pip freeze --exclude motesminne | sed 's/ @ file:.*torch-\([0-9.]*\).*/==\1/; s/+cpu$$//' > $(LOCK)
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) $(DEMO) rapporter .pytest_cache .mypy_cache .ruff_cache
