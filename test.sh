#!/bin/bash
# Installs what is missing, builds, runs every test. The last line is ctest's. Arguments go to ctest.
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
. "$root/config/packages.sh"

install_missing build test
if [ -z "${RECALLGW_SHARED:-}" ] && [ -d "$root/../shared" ]; then
    RECALLGW_SHARED=$(cd "$root/../shared" && pwd)
    export RECALLGW_SHARED
fi
build release
exec ctest --test-dir "$root/build" --output-on-failure --no-tests=error "$@"
