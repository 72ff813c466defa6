# What the deploy scripts share: where things are, and how they speak.
# Sourced; the caller has set -euo pipefail.

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly source_dir
# The C++ services: each with a schema, a key and a program of its own.
readonly services=(identity customer order aftersales desk scoring)
# What a deployment runs beside its database and bus, in the order of starting; use_bridge may add
# to it.
programs_run=("${services[@]}" gateway)

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Runs a command as root: directly, or through sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# retry SECONDS COMMAND…: until it succeeds or the time is up.
retry() {
  local limit=$1 started=$SECONDS
  shift
  until "$@"; do
    [ $((SECONDS - started)) -lt "$limit" ] || return 1
    sleep 0.1
  done
}

port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
port_free() { ! port_open "$1"; }

random_secret() { openssl rand -base64 24 | tr '+/' '-_'; }
