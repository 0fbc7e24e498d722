# Shell functions shared by start.sh, test.sh and .ci/run: packages and the build. Sourced.

# packages_of COLUMN…: the packages of config/debian-packages.txt in those columns.
packages_of() {
    local column
    for column in "$@"; do
        awk -v column="$column" '!/^#/ && $2 == column { print $1 }' "$root/config/debian-packages.txt"
    done
}

# install_missing COLUMN…: asks apt only when something is missing; needs root or sudo only then.
install_missing() {
    local package missing=() as_root=()
    for package in $(packages_of "$@"); do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
            missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "installing ${missing[*]}" >&2
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get -q update >&2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=900 \
        install -y --no-install-recommends "${missing[@]}" >&2
}

# build PRESET [TARGET…]: configures and builds a preset; quiet unless something is wrong.
build() {
    local preset=$1 targets=()
    shift
    [ $# -gt 0 ] && targets=(--target "$@")
    export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1
    (cd "$root" && cmake --preset "$preset" >"$root/build-$preset.log" 2>&1 &&
        cmake --build --preset "$preset" -j "${BUILD_JOBS:-$(nproc)}" "${targets[@]}" \
            >>"$root/build-$preset.log" 2>&1) && return 0
    tail -n 60 "$root/build-$preset.log" >&2
    echo "the build failed; all of it: build-$preset.log" >&2
    return 1
}

# find_shared: names the folder of genuine samples for the tests, when it is beside the tree.
find_shared() {
    if [ -z "${RECALLGW_SHARED:-}" ] && [ -d "$root/../shared" ]; then
        RECALLGW_SHARED=$(cd "$root/../shared" && pwd)
        export RECALLGW_SHARED
    fi
}
