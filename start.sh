#!/bin/bash
# Installs what is missing, builds, makes a data folder, keys and an administrator
# (config/first-start.sh), starts the gateway and prints its address. --build-only stops after the
# build (build/recallgw). --demo needs no line out: it runs config/demo/demo.sh, with invented
# recalls, listings and two partners. The data folder is data/ beside this file, or
# RECALLGW_DATA_FOLDER.
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
. "$root/config/packages.sh"

case "${1:-}" in
    "" | --build-only) ;;
    --demo)
        install_missing build
        build release recallgw recallgw-standin
        exec "$root/config/demo/demo.sh"
        ;;
    *)
        echo "usage: ./start.sh [--build-only | --demo]" >&2
        exit 2
        ;;
esac

install_missing build
build release recallgw
[ "${1:-}" = --build-only ] && exit 0

export RECALLGW_DATA_FOLDER="${RECALLGW_DATA_FOLDER:-$root/data}"
gateway="$root/build/recallgw"
. "$root/config/first-start.sh"
first_start "$gateway"
echo "The gateway's address; everything but /healthz and /readyz wants an API key:" >&2
exec "$gateway" serve
