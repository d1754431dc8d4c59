#!/bin/sh
# Makes .venv with a Python that the locked wheels support, from requirements.lock alone. Repeating it costs nothing.
set -eu
cd "$(dirname "$0")/.."
stamp=.venv/.ready
want=$( (cat requirements.lock pyproject.toml; pwd) | cksum)
if [ -x .venv/bin/python ] && [ "$(cat $stamp 2>/dev/null || true)" = "$want" ]; then exit 0; fi

supported() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }
python=
if [ -n "${PYTHON:-}" ]; then
    supported "$PYTHON" && python=$PYTHON
else
    for candidate in python3.13 python3.12 python3.11 python3 python; do
        if command -v "$candidate" >/dev/null 2>&1 && supported "$candidate"; then python=$candidate; break; fi
    done
    if [ -z "$python" ]; then
        for candidate in "$HOME"/.pyenv/versions/3.1[123]*/bin/python; do
            if [ -x "$candidate" ] && supported "$candidate"; then python=$candidate; break; fi
        done
    fi
fi
if [ -z "$python" ]; then
    found=$("${PYTHON:-python3}" -c 'import platform; print(platform.python_version())' 2>/dev/null || echo none)
    echo "discourse needs Python 3.11, 3.12 or 3.13; found: $found. Install one, or name it: make setup PYTHON=/path/to/python3.12" >&2
    exit 2
fi

# Debian splits venv off from Python; put it back where we may.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -qq && apt-get install -y -qq "python$version-venv"
    else
        echo "$python has no venv module; install it (Debian, Ubuntu: sudo apt-get install python$version-venv) and repeat" >&2
        exit 2
    fi
fi

echo "setting up .venv with $("$python" --version)" >&2
rm -rf .venv
"$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
printf '%s\n' "$want" > $stamp
