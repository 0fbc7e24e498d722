#!/bin/bash
# Installs what is missing, builds, runs every test. The last line is ctest's. Arguments go to ctest.
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
. "$root/config/packages.sh"

install_missing build test
find_shared
build release
exec ctest --test-dir "$root/build" --output-on-failure --no-tests=error "$@"
