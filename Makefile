# What a newcomer needs: `make chat` to talk, `make test` to check. Both install first, once.
#
# PYTHON=/path/to/python3.12 chooses the Python; ARGS="…" is handed on to newsbot or pytest.

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
# Two of the tests' files at once; a file's own tests stay in one process, and share what they made.
AT_ONCE := --numprocesses 2 --dist loadfile
SUITABLE := import sys, ensurepip; sys.exit(sys.version_info < (3, 11))
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install -qq -c constraints.txt

.PHONY: help chat run install test check bench fuzz soak audit format clean constraints

help:
	@echo "make chat         talk in the terminal, over sample news"
	@echo "make run          run the Telegram bot (needs a token, see README.md)"
	@echo "make install      install it into .venv and do no more"
	@echo "make test         check format, lint and types, then run the tests"
	@echo "make check        format, lint and types alone"
	@echo "make format       put the code into its format"
	@echo "make bench        measure speed at 1,000, 10,000 and 100,000 articles, beside plain full-text"
	@echo "                  search; half an hour, mostly once; shorter: make bench ARTICLES=\"1000 10000\""
	@echo "make fuzz         throw broken texts and questions at it, four minutes long"
	@echo "make soak         an hour of questions: is memory flat, is nothing lost"
	@echo "make audit        look up the dependencies among known vulnerabilities"
	@echo "make constraints  renew the pins from what is installed"
	@echo "make clean        remove what was installed and cached"

chat: $(RUNTIME)
	@$(BIN)/python -m bot chat $(ARGS)

run: $(RUNTIME)
	@$(BIN)/python -m bot run $(ARGS)

install: $(RUNTIME)

test: check
	@$(BIN)/python -m pytest $(AT_ONCE) $(ARGS)

check: $(DEV)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(DEV)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# Its stores are kept in build/bench. The first time takes half an hour, most of it for the store of
# 100,000 articles; ARTICLES="1000 10000" does without that one.
ARTICLES := 1000 10000 100000
bench: $(DEV)
	@$(BIN)/python benchmarks/every.py --articles $(ARTICLES)

# Broken texts and questions at random, and led by coverage where atheris can be had.
FUZZ_SECONDS := 60
fuzz: $(DEV)
	@$(PIP) 'atheris>=3.0' || echo "atheris cannot be had here: at random only" >&2
	@for what in reader question; do \
		$(BIN)/python -m tools.fuzz $$what --random --seconds $(FUZZ_SECONDS) || exit 1; \
		$(BIN)/python -m tools.fuzz $$what --seconds $(FUZZ_SECONDS) || exit 1; \
	done

# An hour of questions, with memory and latency by the minute; SOAK="--minutes 5" is shorter.
SOAK :=
soak: $(DEV)
	@$(BIN)/python benchmarks/soak.py $(SOAK)

# In an environment of its own, so that the tool's needs do not mix with ours.
audit: $(RUNTIME)
	@$(BIN)/python -m venv $(VENV)/audit && \
		$(VENV)/audit/bin/python -m pip install -q --disable-pip-version-check pip-audit
	@$(VENV)/audit/bin/python tools/audit.py

# The editable line and what only training needs are left out.
constraints: $(DEV)
	@{ sed -n '/^#/p' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable \
		| grep -ivE '^(torch|atheris|nvidia|triton|sympy|mpmath|networkx|fsspec|filelock|jinja2|markupsafe|setuptools)|@'; } \
		> constraints.new && mv constraints.new constraints.txt
	@touch $(RUNTIME) $(DEV)

clean:
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is set when all of its installation went well, so a broken one is taken up again. All
# words go to stderr: what a pipe reads from `make chat` are replies alone.
$(RUNTIME): pyproject.toml constraints.txt
	@{ $(ensure_venv) && echo "Installing newsbot into $(VENV), once …" && $(PIP) -e '.[pictures]' ; } </dev/null >&2
	@touch $@

$(DEV): pyproject.toml constraints.txt
	@{ $(ensure_venv) && echo "Installing newsbot and its tools into $(VENV), once …" \
		&& $(PIP) -e '.[dev]' ; } </dev/null >&2
	@touch $@ $(RUNTIME)

# A working environment, made with the first suitable Python (or with PYTHON, which must be one).
define ensure_venv
if $(BIN)/python -c '$(SUITABLE)' 2>/dev/null && $(BIN)/python -m pip --version >/dev/null 2>&1; \
	then :; else \
	for python in $(or $(PYTHON),python3 python3.11 python3.12 python3.13 python3.14 python); do \
		if $$python -c '$(SUITABLE)' >/dev/null 2>&1; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "newsbot needs Python 3.11 or newer with its venv module, and" \
			"$(if $(PYTHON),$(PYTHON) is not that,none was found). Install one (on Debian:" \
			"python3 and python3-venv), or name it: make PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	$$found -m venv --clear $(VENV); \
fi
endef
