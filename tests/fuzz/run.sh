#!/bin/bash
# Runs libFuzzer on every reader, or on those named: tests/fuzz/run.sh BUILD_FOLDER SECONDS [TARGET…]
# What it finds is left in BUILD_FOLDER/fuzz/TARGET; the corpus is kept there between runs.
set -euo pipefail
build=$1 seconds=$2
shift 2
mapfile -t targets < <(if [ $# -gt 0 ]; then printf '%s\n' "$@"; else "$build/fuzz_readers" --names; fi)
for target in "${targets[@]}"; do
    folder=$build/fuzz/$target
    "$build/fuzz_readers" --seeds "$target" "$folder/seeds"
    mkdir -p "$folder/corpus"
    RECALLGW_FUZZ_TARGET=$target "$build/fuzz_libfuzzer" -max_total_time="$seconds" -timeout=20 \
        -rss_limit_mb=2048 -max_len=65536 -artifact_prefix="$folder/" -print_final_stats=1 \
        "$folder/corpus" "$folder/seeds" >"$folder/log" 2>&1 || {
        tail -40 "$folder/log"
        echo "$target: failed; see $folder" >&2
        exit 1
    }
    echo "$target: $(grep -o 'number_of_executed_units: .*' "$folder/log" | tr -s ' ') in $seconds s"
done
