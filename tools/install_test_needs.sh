#!/usr/bin/env bash
# Bring what some tests drive: a browser, LibreOffice, PostgreSQL, a sign-in provider. The system's own first, then
# Debian's where we are root, then Playwright's browser. Without one, its tests skip and say why.
set -u
have() { command -v "$1" >/dev/null 2>&1; }
updated=""
debian() {
    have apt-get && [ "$(id -u)" = 0 ] || return 1
    [ -n "$updated" ] || apt-get update -qq >/dev/null 2>&1
    updated=yes
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}
have chromium || have chromium-browser || have google-chrome || {
    echo "No browser found: installing one"
    debian chromium || .venv/bin/playwright install chromium >/dev/null 2>&1 \
        || echo "No browser could be installed: browser tests will be skipped"
}
have soffice || { echo "No LibreOffice found: installing its writer"
    debian libreoffice-writer-nogui || echo "LibreOffice could not be installed: its tests will be skipped"; }
have postgres || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || {
    echo "No PostgreSQL server found: installing one"
    debian postgresql || echo "PostgreSQL could not be installed: its tests will be skipped"; }
[ -d tests/assurance/provider/node_modules ] || ! have npm || {
    echo "Installing the sign-in provider that tests use"
    (cd tests/assurance/provider && npm ci --no-audit --no-fund --ignore-scripts >/dev/null 2>&1) \
        || echo "The provider could not be installed: its tests will be skipped"; }
exit 0
