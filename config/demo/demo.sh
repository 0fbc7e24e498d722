#!/bin/bash
# The demo (./start.sh --demo): a stand-in plays the authorities' sites with invented recalls, the
# gateway polls it, listings of invented shops are imported, an agency and a platform are partners
# of the exchange. Everything is on 127.0.0.1. A second start goes on with the same data.
#   RECALLGW_DATA_FOLDER  the demo lives in its folder demo (data/ beside start.sh)
#   DEMO_PORT             the gateway's port; stand-in, agency and platform take the next three
#                         (8080); 0: free ones
#   DEMO_PROGRAMS         the folder of the two programs (build/)
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
programs=${DEMO_PROGRAMS:-$root/build}
data=${RECALLGW_DATA_FOLDER:-$root/data}/demo
first_port=${DEMO_PORT:-8080}
pki=$data/pki
# Settings of a real gateway, such as its database, are not the demo's.
unset "${!RECALLGW_@}"
start_seconds_max=60
match_seconds_max=60
message_seconds_max=30

declare -A address=() process=()

say() { echo "$*" >&2; }

give_up() {
    say "demo: $*"
    exit 4
}

# port_of OFFSET
port_of() {
    [ "$first_port" = 0 ] && echo 0 || echo $((first_port + $1))
}

# What a gateway of the demo is told, for `env`. gateway_settings PARTY PORT
gateway_settings() {
    cat <<SETTINGS
RECALLGW_DATA_FOLDER=$data/$1
RECALLGW_HTTP_PORT=$2
RECALLGW_HTTP_TLS_CERTIFICATE=$pki/$1-line.pem
RECALLGW_HTTP_TLS_KEY=$pki/$1-line.key
RECALLGW_HTTP_TLS_CLIENT_CA=$pki/ca.pem
RECALLGW_EXCHANGE_PARTY=$1
RECALLGW_EXCHANGE_KEY=$pki/$1-signer.key
RECALLGW_EXCHANGE_CERTIFICATE=$pki/$1-signer.pem
RECALLGW_EXCHANGE_TLS_KEY=$pki/$1-line.key
RECALLGW_EXCHANGE_TLS_CERTIFICATE=$pki/$1-line.pem
RECALLGW_EXCHANGE_CA_FILE=$pki/ca.pem
RECALLGW_EXCHANGE_INTERVAL_MS=1000
RECALLGW_MATCH_INTERVAL_SECONDS=5
RECALLGW_POLL_STAND_IN=${address[stand-in]}
RECALLGW_POLL_CA_FILE=$pki/ca.pem
RECALLGW_POLL_DISABLE=$(sources_without_stand_in)
RECALLGW_LOG_LEVEL=warning
SETTINGS
}

# recallgw PARTY COMMAND…: the program with a party's settings.
recallgw() {
    local party=$1 settings
    shift
    mapfile -t settings < <(gateway_settings "$party" 0)
    env "${settings[@]}" "$programs/recallgw" "$@"
}

# quietly COMMAND…: what it says to people is shown only when it fails.
quietly() {
    "$@" 2>"$data/log/quiet.log" && return
    cat "$data/log/quiet.log" >&2
    return 1
}

# start NAME COMMAND…: runs it until the demo ends; address[NAME] is the first line it prints.
start() {
    local name=$1 out=$data/log/$1.out log=$data/log/$1.log waited=0
    shift
    : >"$out"
    "$@" >"$out" 2>"$log" &
    process[$name]=$!
    until [ -s "$out" ]; do
        if ! kill -0 "${process[$name]}" 2>/dev/null; then
            cat "$log" >&2
            give_up "$name did not start; DEMO_PORT=N ./start.sh --demo takes other ports than from $first_port on"
        fi
        [ $((waited += 1)) -le $((start_seconds_max * 10)) ] || give_up "$name said nothing; see $log"
        sleep 0.1
    done
    address[$name]=$(head -n 1 "$out")
}

# start_gateway PARTY OFFSET ROLES
start_gateway() {
    local settings
    mapfile -t settings < <(gateway_settings "$1" "$(port_of "$2")")
    start "$1" env "${settings[@]}" "$programs/recallgw" serve --role "$3"
}

stop_all() {
    local name
    trap - EXIT INT TERM
    for name in "${!process[@]}"; do
        kill -TERM "${process[$name]}" 2>/dev/null || true
    done
    wait
    say "the demo has stopped; its data are in $data"
}

make_keys() {
    [ -e "$pki/ca.pem" ] && openssl x509 -in "$pki/ca.pem" -noout -checkend 86400 >/dev/null && return
    rm -rf "$pki"
    "$root/certs/make-test-pki.sh" "$pki" cn-demo xx-agency lotus-mall >/dev/null
}

# partner PARTY NAME ELEMENTS: its definition, to standard output.
partner() {
    cat <<XML
<?xml version="1.0" encoding="UTF-8"?>
<partner xmlns="urn:recallgw:partner:1">
  <id>$1</id>
  <name>$2</name>
  <endpoint>${address[$1]}/exchange/v1/messages</endpoint>
  <keys><certificate>$(cat "$pki/$1-signer.pem")</certificate></keys>
  <connections><sha256>$(openssl x509 -in "$pki/$1-line.pem" -noout -fingerprint -sha256 | sed 's/.*=//')</sha256></connections>
  $3
</partner>
XML
}

introduce_partners() {
    local everything="<distribution><sensitivity>green</sensitivity></distribution>"
    partner xx-agency "Agency of Elsewhere" "<format>json</format>
  <kinds>notice</kinds><kinds>test</kinds>$everything" >"$data/xx-agency.xml"
    partner lotus-mall "Lotus Mall" "<kinds>takedown_report</kinds><kinds>test</kinds>
  <platforms>lotus-mall</platforms>" >"$data/lotus-mall.xml"
    partner cn-demo "Recall Centre" "<kinds>notice</kinds><kinds>takedown_order</kinds><kinds>test</kinds>
  <distribution><hazards>fire</hazards></distribution>" >"$data/cn-demo.xml"
    quietly recallgw cn-demo partner add "$data/xx-agency.xml" "$data/lotus-mall.xml"
    quietly recallgw xx-agency partner add "$data/cn-demo.xml"
    quietly recallgw lotus-mall partner add "$data/cn-demo.xml"
}

# API keys are printed again at every start: they open nothing but the demo.
make_users() {
    local admin analyst platform
    [ -e "$data/keys" ] && return
    admin=$(quietly recallgw cn-demo user add administrator --role admin)
    analyst=$(quietly recallgw cn-demo user add analyst --role analyst)
    platform=$(quietly recallgw cn-demo user add harbour-market --role platform --platform harbour-market)
    (umask 077 && printf 'admin=%s\nanalyst=%s\nplatform=%s\n' "$admin" "$analyst" "$platform" >"$data/keys")
}

# The stand-in plays the sites of the sources that have a folder in tests/standin.
sources_without_stand_in() {
    local file source
    for file in "$root"/mappings/??/*.xml; do
        source=$(basename "$(dirname "$file")")-$(basename "$file" .xml)
        [ -d "$root/tests/standin/$source" ] || printf '%s ' "$source"
    done
}

# poll PARTY SOURCE…: records in quarantine (exit 3) are part of the show.
poll() {
    local code=0
    recallgw "$1" poll "${@:2}" >&2 || code=$?
    [ $code -eq 0 ] || [ $code -eq 3 ] || give_up "polling the stand-in failed"
}

api() { curl -s --cacert "$pki/ca.pem" -H "Authorization: Bearer $analyst" "${address[cn-demo]}$1"; }

# open_match QUERY: the first such match that nobody decided; nothing after a while without one.
open_match() {
    local waited=0 found
    until found=$(api "/api/v1/matches?state=open&limit=1&$1" | grep -o '"id":[0-9]*' | head -n 1) &&
        [ -n "$found" ]; do
        [ $((waited += 1)) -le $match_seconds_max ] || return 0
        sleep 1
    done
    echo "${found#*:}"
}

# take_down LISTING: confirms its first match; prints the case, whose number is the order's too.
take_down() {
    local match
    match=$(open_match "platform=lotus-mall&listing=$1")
    [ -n "$match" ] || give_up "no recalled product was found in listing $1"
    recallgw cn-demo match confirm "$match" --by analyst --reason "same product" \
        --legal-basis "Consumer goods recall rules" | sed 's/^{"id":"\([^"]*\)".*/\1/'
}

# within SECONDS COMMAND…: until it succeeds; fails when it has not by then.
within() {
    local waited=0 seconds=$1
    shift
    until "$@" >/dev/null 2>"$data/log/quiet.log"; do
        [ $((waited += 1)) -le "$seconds" ] || return 1
        sleep 1
    done
}

is_closed() { api "/api/v1/cases/$1" | grep '"state":"closed"'; }

# answer ORDER: the platform's answer, once the order has arrived; back when the answer has.
answer() {
    within "$message_seconds_max" recallgw lotus-mall order answer "$1" --outcome removed \
        --note "taken down" &&
        within "$message_seconds_max" is_closed "$1" ||
        give_up "a message between the gateway and the platform was not delivered"
}

# Two listings to take down, one of which the platform has taken down, and one match that is none.
make_cases() {
    local order match
    [ -z "$(recallgw cn-demo case list)" ] || return 0
    say "looking for recalled products among the listings …"
    order=$(take_down LM-10003)
    answer "$order"
    take_down LM-10001 >/dev/null
    match=$(open_match "platform=lotus-mall&listing=LM-10007&notice=us-cpsc:90011")
    [ -z "$match" ] ||
        recallgw cn-demo match reject "$match" --by analyst --reason "another size of the bear"
}

tell() {
    local url=${address[cn-demo]}
    cat >&2 <<TEXT

The demo runs; all firms, products and shops in it are invented. Ctrl-C stops it.
  the gateway          $url   (its certificate is from $pki/ca.pem)
  the authorities      ${address[stand-in]}   a stand-in for four sites
  a partner agency     ${address[xx-agency]}
  a partner platform   ${address[lotus-mall]}
API keys: administrator $admin
          analyst       $analyst
          platform      $platform   (harbour-market)
Look at
  $url/   the status page; sign in with the analyst's key
  alias api='curl -s --cacert $pki/ca.pem -H "Authorization: Bearer $analyst"'
  api "$url/api/v1/notices?q=luminar"     one charger, recalled by four authorities
  api "$url/api/v1/matches?state=open"    listings that are recalled products, with the evidence
  api "$url/api/v1/cases"                 takedown orders to the platform, and its answers
  api "$url/api/v1/sources"               the four sources; one has a record in quarantine
  api "$url/api/v1/check?title=Luminar+PowerCube+LPC-65"
Change a page in tests/standin/au-accc, stop, start again: the next run finds what changed.
TEXT
}

mkdir -p "$data/log"
make_keys
trap stop_all EXIT
trap 'exit 0' INT TERM
start stand-in "$programs/recallgw-standin" --folder "$root/tests/standin" --port "$(port_of 1)" \
    --cert "$pki/server.pem" --key "$pki/server.key"
make_users
poll cn-demo --all
poll xx-agency au-accc
say "listings: $(recallgw cn-demo import listings "$root/config/demo/listings.ndjson")"
say "products: $(recallgw cn-demo import products "$root/config/demo/products.ndjson")"
start_gateway cn-demo 0 poll,match,deliver,http
start_gateway xx-agency 2 deliver,http
start_gateway lotus-mall 3 deliver,http
introduce_partners
. "$data/keys"
make_cases
tell
wait -n "${process[@]}" || true
give_up "a part of it ended by itself; see $data/log"
