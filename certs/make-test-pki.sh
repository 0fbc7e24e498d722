#!/bin/sh
# A test PKI in a folder: one authority, a server, two clients, an ECDSA and an Ed25519 signer, and
# a revocation list. For each PARTY of an exchange a certificate for its connections, either way
# (PARTY-line), and one that signs its messages (PARTY-signer). For trying things out only: the keys
# are not encrypted.
# usage: certs/make-test-pki.sh DIR [PARTY…]
set -eu
umask 077

[ $# -ge 1 ] || { echo "usage: $0 DIR [PARTY…]" >&2; exit 2; }
mkdir -p "$1"
cd "$1"
[ ! -e ca.key ] || { echo "$1 holds a PKI already" >&2; exit 2; }
shift

days=365

# make_key NAME ALGORITHM
make_key() {
    case "$2" in
        ecdsa) openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" ;;
        ed25519) openssl genpkey -quiet -algorithm ED25519 -out "$1.key" ;;
    esac
}

# issue NAME ALGORITHM EXTENSIONS
issue() {
    make_key "$1" "$2"
    openssl req -new -key "$1.key" -subj "/O=Recall Test/CN=$1" -out "$1.csr"
    printf '%b\n' "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n$3" >"$1.ext"
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$days" \
        -extfile "$1.ext" -out "$1.pem" 2>/dev/null
    rm "$1.csr" "$1.ext"
}

make_key ca ecdsa
openssl req -x509 -new -key ca.key -days "$days" -subj "/O=Recall Test/CN=Test Authority" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign -out ca.pem

both_ways="extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=DNS:localhost,IP:127.0.0.1"
issue server ecdsa "$both_ways"
issue client-a ecdsa "extendedKeyUsage=clientAuth"
issue client-b ecdsa "extendedKeyUsage=clientAuth"
issue signer-ecdsa ecdsa ""
issue signer-ed25519 ed25519 ""
for party in "$@"; do
    issue "$party-line" ecdsa "$both_ways"
    issue "$party-signer" ecdsa ""
done

: >index.txt
cat >ca.cnf <<CONF
[ca]
default_ca = test
[test]
database = index.txt
default_md = sha256
default_crl_days = 30
CONF
openssl ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.pem -out ca.crl 2>/dev/null
rm -f ca.cnf index.txt* ca.srl

# What a verifier is given: certificates and the list, no private key.
mkdir trust
cp ca.pem ca.crl signer-ecdsa.pem signer-ed25519.pem trust/
echo "made a test PKI in $(pwd); recallgw verify --trust $(pwd)/trust"
