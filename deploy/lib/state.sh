# A state folder: everything one deployment owns. Sourced after common.sh.
#
#   config.toml endpoints.json   how the services and their clients find each other
#   qimen.toml                   the bridge to a warehouse system, where there is one
#   tls/ keys/ passwords/        secrets, readable by the owner only
#   mysql/ mysql-tmp/ nats/      the data of the private servers
#   run/ log/                    sockets, process ids, logs

use_state() { # use_state DIR: sets $state (absolute) and the paths in it
  mkdir -p "$1"
  state=$(cd "$1" && pwd)
  readonly state
  database_socket=$state/run/mysql.sock
  supervisor_socket=$state/run/supervisor.sock
  supervisor_config=$state/supervisord.conf
  # A unix socket's path has 107 characters at most.
  [ ${#supervisor_socket} -le 100 ] ||
    fail "the state folder's path is too long for unix sockets: $state; choose a shorter --state"
}

supervisor() { supervisorctl -c "$supervisor_config" "$@"; }

# start|stop PROGRAM…: side by side, since the supervisor's own command takes one after the other and
# waits a second for each.
supervisor_each() {
  local action=$1 program
  shift
  for program in "$@"; do
    supervisor "$action" "$program" >/dev/null &
  done
  wait
}

supervisor_running() {
  local pid
  pid=$(cat "$state/run/supervisord.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && [ -S "$supervisor_socket" ]
}

port_of() { # port_of NAME, from $port_base
  case "$1" in
    gateway) echo $((port_base)) ;;
    identity) echo $((port_base + 1)) ;;
    customer) echo $((port_base + 2)) ;;
    order) echo $((port_base + 3)) ;;
    aftersales) echo $((port_base + 4)) ;;
    scoring) echo $((port_base + 5)) ;;
    desk) echo $((port_base + 6)) ;;
    qimen) echo $((port_base + 10)) ;;
    nats) echo $((port_base + 20)) ;;
    *) fail "no port is set aside for $1" ;;
  esac
}

# use_bridge [FILE]: the bridge to a warehouse system runs where its keys are known: those of FILE,
# or of the file that this state was given earlier.
use_bridge() {
  if [ -n "${1:-}" ]; then
    (umask 077 && cp "$1" "$state/qimen.toml") || fail "the bridge's keys cannot be read: $1"
  fi
  [ ! -s "$state/qimen.toml" ] || programs_run+=(qimen)
}

metrics_port_of() { echo $(($(port_of "$1") + 30)); }

# ---- secrets -----------------------------------------------------------------------------------

make_secrets() {
  umask 077
  mkdir -p "$state"/{run,log,mysql,mysql-tmp,nats,tls,keys,passwords}
  local name
  for name in "${services[@]}"; do
    [ -s "$state/passwords/redress_$name.password" ] ||
      random_secret >"$state/passwords/redress_$name.password"
  done
  for name in "${services[@]}" gateway; do
    [ -s "$state/keys/$name.key" ] || openssl rand -out "$state/keys/$name.key" 32
  done
  [ -s "$state/passwords/nats.password" ] || random_secret >"$state/passwords/nats.password"
  make_certificates
}

make_certificates() {
  local tls=$state/tls name
  if [ ! -s "$tls/ca.crt" ]; then
    openssl ecparam -name prime256v1 -genkey -noout -out "$tls/ca.key"
    openssl req -x509 -new -key "$tls/ca.key" -sha256 -days 3650 -out "$tls/ca.crt" \
      -subj "/O=Redress/CN=Redress development CA"
  fi
  for name in "${programs_run[@]}" nats operator; do
    [ -s "$tls/$name.crt" ] && continue
    openssl ecparam -name prime256v1 -genkey -noout -out "$tls/$name.key"
    openssl req -new -key "$tls/$name.key" -subj "/O=Redress/CN=$name" -out "$tls/$name.csr"
    openssl x509 -req -in "$tls/$name.csr" -CA "$tls/ca.crt" -CAkey "$tls/ca.key" \
      -CAcreateserial -sha256 -days 825 -out "$tls/$name.crt" -extfile <(
        printf 'subjectAltName=DNS:localhost,DNS:%s,IP:127.0.0.1\n' "$name"
        printf 'extendedKeyUsage=serverAuth,clientAuth\n'
      ) 2>/dev/null
    rm "$tls/$name.csr"
  done
}

# ---- configuration -----------------------------------------------------------------------------

write_config() { # of all programs, from $kind
  {
    printf '# Written by deploy/up. Every key can be overridden by the environment.\n'
    printf '[deployment]\nkind = "%s"\nstate_directory = "%s"\n' "$kind" "$state"
    [ "$kind" != test ] || printf 'clock_offset_file = "%s/clock_offset"\n' "$state"
    printf '\n[tls]\nca_file = "%s/tls/ca.crt"\ncertificate_directory = "%s/tls"\n' "$state" "$state"
    printf '\n[database]\nsocket = "%s"\npassword_directory = "%s/passwords"\nconnections = %d\n' \
      "$database_socket" "$state" "${REDRESS_CONNECTIONS:-8}"
    printf '\n[nats]\nurl = "tls://127.0.0.1:%d"\nuser = "redress"\n' "$(port_of nats)"
    printf 'password_file = "%s/passwords/nats.password"\n' "$state"
    printf '\n[keys]\ndirectory = "%s/keys"\n' "$state"
    local name
    for name in "${programs_run[@]}"; do
      printf '\n[%s]\naddress = "127.0.0.1:%d"\nmetrics_port = %d\n' \
        "$name" "$(port_of "$name")" "$(metrics_port_of "$name")"
      [ "$name" != aftersales ] || printf 'settlement_adapter = "bank_run"\n'
      [ "$name" != qimen ] || cat "$state/qimen.toml"
    done
  } >"$state/config.toml"
  if [ "$kind" = test ] && [ ! -e "$state/clock_offset" ]; then echo 0 >"$state/clock_offset"; fi
}

write_database_config() {
  # Under an import a small redo log makes the server write each page again and again.
  local redo_log=1G
  [ "$kind" != test ] || redo_log=256M
  redo_log=${REDRESS_REDO_LOG:-$redo_log}
  cat >"$state/my.cnf" <<EOF
[mariadbd]
user = $(id -un)
datadir = $state/mysql
tmpdir = $state/mysql-tmp
socket = $database_socket
pid-file = $state/run/mariadbd.pid
skip-networking
server-id = 1
log-bin = binlog
binlog_format = ROW
binlog_annotate_row_events = OFF
binlog_row_image = MINIMAL
binlog_cache_size = 1M
sync_binlog = 1
expire_logs_days = 7
innodb_flush_log_at_trx_commit = 1
innodb_autoinc_lock_mode = 2
innodb_lock_wait_timeout = 2
innodb_buffer_pool_size = ${REDRESS_BUFFER_POOL:-512M}
innodb_log_file_size = $redo_log
transaction-isolation = READ-COMMITTED
character-set-server = utf8mb4
collation-server = utf8mb4_bin
max_connections = 200
max_prepared_stmt_count = 100000
EOF
}

write_nats_config() {
  cat >"$state/nats.conf" <<EOF
listen: "127.0.0.1:$(port_of nats)"
server_name: "redress"
jetstream { store_dir: "$state/nats", max_memory_store: 64MB, max_file_store: 4GB }
tls {
  cert_file: "$state/tls/nats.crt"
  key_file: "$state/tls/nats.key"
  ca_file: "$state/tls/ca.crt"
}
authorization { user: "redress", password: "$(cat "$state/passwords/nats.password")" }
EOF
}

write_program() { # write_program NAME PRIORITY AUTOSTART COMMAND [ENVIRONMENT]
  cat <<EOF

[program:$1]
command = $4
directory = $state
priority = $2
autostart = $3
autorestart = true
startsecs = 1
startretries = 1000000
stopsignal = TERM
stopwaitsecs = 30
redirect_stderr = true
stdout_logfile = $state/log/$1.log
stdout_logfile_maxbytes = 50MB
stdout_logfile_backups = 3
EOF
  [ -z "${5:-}" ] || printf 'environment = %s\n' "$5"
}

# A test deployment's database may be slowed down: a library that is loaded before all others.
database_environment() {
  [ -n "${REDRESS_DATABASE_PRELOAD:-}" ] || return 0
  [ "$kind" = test ] ||
    fail "REDRESS_DATABASE_PRELOAD is for deployments of kind test; unset it or use --test-clock"
  printf 'LD_PRELOAD="%s"' "$REDRESS_DATABASE_PRELOAD"
}

write_supervisor_config() { # $1: where the programs are
  local name database_environment
  database_environment=$(database_environment)
  {
    cat <<EOF
[unix_http_server]
file = $supervisor_socket
chmod = 0600

[supervisord]
pidfile = $state/run/supervisord.pid
logfile = $state/log/supervisord.log
childlogdir = $state/log
loglevel = info
umask = 077

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl = unix://$supervisor_socket
EOF
    write_program mariadb 10 true "$(command -v mariadbd || echo /usr/sbin/mariadbd) --defaults-file=$state/my.cnf" \
      "$database_environment"
    write_program nats 20 true "$(command -v nats-server || echo /usr/sbin/nats-server) -c $state/nats.conf"
    for name in "${services[@]}"; do
      write_program "$name" 100 false "$1/redress-$name --config $state/config.toml"
    done
    for name in "${programs_run[@]:${#services[@]}}"; do
      write_program "$name" 200 false \
        "$(web_node) $web/$name/src/main.ts --config $state/config.toml"
    done
  } >"$supervisor_config"
}

# ---- database ----------------------------------------------------------------------------------

create_database_files() {
  [ -d "$state/mysql/mysql" ] && return
  say "creating the private database"
  # Made beside and moved into place, so that a half-made one is never taken for a whole one.
  rm -rf "$state/mysql.new"
  mkdir "$state/mysql.new"
  # A starting server clears its temporary folder; shared, it would take another one's tables.
  TMPDIR=$state/mysql-tmp mariadb-install-db --defaults-file="$state/my.cnf" \
    --datadir="$state/mysql.new" --auth-root-authentication-method=socket \
    --auth-root-socket-user="$(id -un)" --skip-test-db >"$state/log/mariadb-install.log" 2>&1 ||
    fail "the database could not be created; see $state/log/mariadb-install.log"
  rm -rf "$state/mysql"
  mv "$state/mysql.new" "$state/mysql"
}

database_root() {
  mariadb --no-defaults --socket="$database_socket" --user=root "$@"
}

database_ready() { database_root -e 'SELECT 1' >/dev/null 2>&1; }

# What the server keeps of a password: SHA-1 of SHA-1. The binary log holds statements as they were
# sent, so that the password itself must not stand in one.
password_hash() {
  printf '%s' "$1" | openssl dgst -sha1 -binary | openssl dgst -sha1 -r | cut -d' ' -f1 | tr a-f A-F
}

create_schemas() { # passwords travel through standard input, never through arguments
  local name password
  for name in "${services[@]}"; do
    password=$(cat "$state/passwords/redress_$name.password")
    cat <<EOF
CREATE DATABASE IF NOT EXISTS redress_$name CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER IF NOT EXISTS 'redress_$name'@'localhost' IDENTIFIED BY PASSWORD '*$(password_hash "$password")';
GRANT ALL ON redress_$name.* TO 'redress_$name'@'localhost';
EOF
  done | database_root
}

# ---- gateway, bridge ---------------------------------------------------------------------------

gateway_ready() {
  curl --silent --fail --max-time 5 --noproxy '*' --cacert "$state/tls/ca.crt" \
    "https://localhost:$(port_of gateway)/readyz" >/dev/null 2>&1
}

bridge_says() { # bridge_says healthz: it runs; readyz: it works for its shop
  curl --silent --fail --max-time 5 --noproxy '*' --cacert "$state/tls/ca.crt" \
    "https://localhost:$(port_of qimen)/$1" >/dev/null 2>&1
}

# ---- endpoints ---------------------------------------------------------------------------------

# write_endpoints [SHOP_ID SHOP_NAME]: log-ins are the lines of $state/sample/log_ins
# (role, account, password; tab-separated). Without a shop, the one named earlier stays.
write_endpoints() {
  python3 - "$state" "$port_base" "${services[*]}" "${1:-}" "${2:-}" <<'EOF'
import json, os, sys

state, base, services, shop_id, shop_name = sys.argv[1:6]
offsets = {"identity": 1, "customer": 2, "order": 3, "aftersales": 4, "scoring": 5,
           "desk": 6}
document = {
    "services": {name: f"127.0.0.1:{int(base) + offsets[name]}" for name in services.split()},
    "gateway": f"https://localhost:{base}",
    "ca_file": f"{state}/tls/ca.crt",
    "operator": {"certificate": f"{state}/tls/operator.crt", "key": f"{state}/tls/operator.key"},
    "database_socket": f"{state}/run/mysql.sock",
}
if os.path.exists(f"{state}/qimen.toml"):
    document["qimen"] = f"https://localhost:{int(base) + 10}/qimen"
if shop_id:
    document["shop"] = {"shop_id": shop_id, "name": shop_name}
    with open(f"{state}/sample/log_ins", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    document["log_ins"] = [
        {"role": role, "account_name": account, "password": password}
        for role, account, password in rows
    ]
path = f"{state}/endpoints.json"
if not shop_id and os.path.exists(path):
    with open(path, encoding="utf-8") as earlier:
        kept = json.load(earlier)
    document.update({key: kept[key] for key in ("shop", "log_ins") if key in kept})
with os.fdopen(os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
    json.dump(document, out, indent=2, ensure_ascii=False)
    out.write("\n")
os.replace(path + ".new", path)
EOF
}
