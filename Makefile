# make demo   sets up everything, builds the sample study, prints its results, opens the app
# make test   sets up everything and runs the tests
# make check  format, lint, types, import contracts
#
# Everything lives in .venv; the system's Python is only used to make it.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	&& echo $$p && break; done)
BIN := .venv/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python

# Where bytecode is not kept, every process that the tests start compiles the program again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check format lock benchmarks clean

demo: .venv/ready
	@$(BIN)/coder demo exports

# Studies of tests lie in memory where there is room: each has its disk writes waited for. Three at a
# time for two cores: tests of the app wait for it, and those in a terminal for that.
test: .venv/ready
	PYTEST_DEBUG_TEMPROOT=$$(df -Pk /dev/shm 2>/dev/null | awk '$$4 > 4000000 && /shm/ {print "/dev/shm"}') \
	$(BIN)/python -m pytest --numprocesses 3 --dist worksteal

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Bytecode is compiled at once: without it an import takes twice as long.
.venv/ready: requirements.lock .ci/uv.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or newer is needed" >&2; exit 1; }
	@echo "setting up .venv (once) ..." >&2
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/uv.txt
	@$(UV) --require-hashes --compile-bytecode -r requirements.lock
	@$(UV) --no-deps --no-build-isolation --editable .
	@touch $@

# After a change to the dependencies in pyproject.toml; names no registry's host.
lock: .venv/ready
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --group dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
