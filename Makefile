# Everything here works on a fresh machine with git, make, Python 3.10 (with venv) and a
# package index; uv and the environment are made on first use.
UV := .uv/bin/uv
BIN := .venv/bin
STAMP := .venv/.complete

export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3

.PHONY: help serve test check lint unit browser bench lock clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(UV): requirements-uv.txt
	python3 -m venv .uv
	.uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	touch $@

# uv looks for the Python that .python-version names; it does not download one.
$(STAMP): $(UV) requirements.lock pyproject.toml .python-version
	$(UV) venv --quiet --clear --no-python-downloads .venv
	$(UV) pip sync --quiet --require-hashes requirements.lock
	$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

serve: $(STAMP)  ## train if needed and serve on http://127.0.0.1:5005/chat/
	$(BIN)/faq serve

test: lint unit  ## everything that CI runs

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

unit: $(STAMP) browser
	$(BIN)/python -m pytest

# The tests of the pages need a browser, and a font in which Japanese is not boxes.
browser:  ## Chromium for the tests, where apt can install it
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
			&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk; } \
		|| echo "Chromium is missing (Debian: chromium, fonts-noto-cjk): the page tests are skipped"

check: $(STAMP)  ## look for faults in data/
	$(BIN)/faq check

bench: $(STAMP)  ## speed and memory, beside a stock Rasa bot
	$(BIN)/python benchmarks/chat.py

lock: $(UV)  ## pin every package with hashes, after a change of pyproject.toml
	$(UV) pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--python-version 3.10 --extra test --constraint constraints.txt --upgrade \
		pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv .uv .rasa var build models/*.tar.gz models/*.dic
