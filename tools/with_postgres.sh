#!/usr/bin/env bash
# Run a command with COMMONWEAL_DATABASE_URL set: the server named there already, else a
# throw-away one of our own in a temporary folder, stopped and removed afterwards.
set -euo pipefail
if [ -n "${COMMONWEAL_DATABASE_URL:-}" ]; then exec "$@"; fi
bin=$(dirname "$(command -v postgres || ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | sort -V | tail -n 1)")
if [ ! -x "$bin/initdb" ]; then
    echo "PostgreSQL is not installed here: install it, or set COMMONWEAL_DATABASE_URL"
    [ "${CI:-}" = true ] && exit 1
    exit 0
fi
folder=$(mktemp -d)
port=$("${BASH_SOURCE%/*}/../.venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as_owner() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$folder"
cd_root() { cd /; }
finish() { (cd_root; as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop) || true; rm -rf "$folder"; }
trap finish EXIT
(cd_root; as_owner "$bin/initdb" -D "$folder/data" -U commonweal --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
    as_owner "$bin/pg_ctl" -D "$folder/data" -s -w -l "$folder/log" \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off -c max_connections=60" start)
export COMMONWEAL_DATABASE_URL="postgresql://commonweal@127.0.0.1:$port/postgres"
"$@"
