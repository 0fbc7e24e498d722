#!/bin/bash
# Installs what is missing, builds, makes a data folder and an administrator's key, starts the
# gateway and prints its address. --build-only stops after the build (build/recallgw). --demo needs
# no line out: it runs config/demo/demo.sh, with invented recalls, listings and two partners.
# The data folder is data/ beside this file, or RECALLGW_DATA_FOLDER.
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
"$gateway" migrate
if [ -z "$("$gateway" user list)" ]; then
    echo "The administrator's API key, shown only this once:" >&2
    "$gateway" user add administrator --role admin
fi
exec "$gateway" serve
