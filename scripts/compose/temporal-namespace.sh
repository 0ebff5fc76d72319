#!/bin/sh
# Our own namespace with 30 days of retention, and the search attributes operators filter by; safe to run again.
set -eu
operator() {
  temporal operator "$@" --address "$TEMPORAL_ADDRESS" --tls-ca-path "$TEMPORAL_TLS_SERVER_CA_CERT_PATH" \
    --tls-cert-path "$TEMPORAL_TLS_CLIENT_CERT_PATH" --tls-key-path "$TEMPORAL_TLS_CLIENT_KEY_PATH"
}
until operator cluster health >/dev/null 2>&1; do sleep 2; done
operator namespace describe -n "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  operator namespace create -n "$TEMPORAL_NAMESPACE" --retention 30d
# Its caches learn of a new namespace in a moment.
until operator search-attribute list -n "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; do sleep 1; done
for attribute in CaseKind Stage; do
  operator search-attribute list -n "$TEMPORAL_NAMESPACE" | grep -qw "$attribute" ||
    operator search-attribute create -n "$TEMPORAL_NAMESPACE" --name "$attribute" --type Keyword
done
