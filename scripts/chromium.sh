#!/bin/sh
# Installs Chromium for the browser tests where it is missing and may be installed (root on Debian or Ubuntu, as in CI).
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium
else
    echo "no Chromium here, so browser tests are skipped; install it (Debian, Ubuntu: sudo apt-get install chromium)" >&2
fi
