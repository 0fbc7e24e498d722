# Sourced by start.sh: what a first start makes and a later one finds again. Everything goes into
# the data folder (RECALLGW_DATA_FOLDER); settings of the environment that name other keys win.

# make_pair NAME OPTION…: NAME.key (0600) and NAME.pem, unless they are there; half a pair is not
# mended, because nobody knows what the other half was.
make_pair() {
    local name=$1
    shift
    [ -e "$name.key" ] && [ -e "$name.pem" ] && return
    if [ -e "$name.key" ] || [ -e "$name.pem" ]; then
        echo "$name.key and $name.pem belong together and one is missing: put it back, or move the other away" >&2
        return 2
    fi
    "$gateway" key new --out "$name" "$@" >/dev/null
}

# first_start PROGRAM: the data folder, its schema, keys and an administrator. Exports where the
# keys are, for serve.
first_start() {
    local gateway=$1 keys=$RECALLGW_DATA_FOLDER/keys
    local address=${RECALLGW_HTTP_ADDRESS:-127.0.0.1} name=${RECALLGW_EXCHANGE_PARTY:-recallgw}
    "$gateway" migrate
    (umask 077 && mkdir -p "$keys")
    if [ -z "${RECALLGW_EXCHANGE_KEY:-}" ]; then
        make_pair "$keys/signing" --name "$name signing" || return
        export RECALLGW_EXCHANGE_KEY=$keys/signing.key
        export RECALLGW_EXCHANGE_CERTIFICATE=$keys/signing.pem
        echo "The key that signs notices, orders and receipts:" >&2
        echo "  $keys/signing.key   private: it stays here; keep a copy in a safe place" >&2
        echo "  $keys/signing.pem   public: give this one to partners" >&2
    fi
    case $address in
        127.* | localhost | ::1) ;; # plain HTTP, which serve allows on loopback only
        *)
            if [ -z "${RECALLGW_HTTP_TLS_CERTIFICATE:-}" ]; then
                make_pair "$keys/server" --use server --name "$name server" \
                    --host "$(hostname -f 2>/dev/null || hostname)" --host "$address" || return
                export RECALLGW_HTTP_TLS_KEY=$keys/server.key
                export RECALLGW_HTTP_TLS_CERTIFICATE=$keys/server.pem
                echo "The server's certificate, signed by itself: $keys/server.pem" >&2
                echo "  browsers and partners must be told to trust it, or set http.tls_certificate" >&2
            fi
            ;;
    esac
    [ -z "$("$gateway" user list)" ] || return 0
    echo "The administrator's API key, shown only this once; it signs in at the address below:" >&2
    "$gateway" user add administrator --role admin
}
