# The web clients: their Node.js and packages from npm, and what is built of them. Sourced after
# common.sh.

web=$source_dir/clients/web
readonly web

# Debian's Node.js is older than what these packages need, and its npm leaves out native parts that
# ask for a newer one. So it brings the pinned Node.js and npm, and those bring everything else.
web_node() { echo "$web"/node/node_modules/node-linux-*/bin/node; }

# Runs a command of the workspace, e.g. in_web npm run build -w console.
in_web() (
  cd "$web"
  PATH=$(dirname "$(web_node)"):$web/node/node_modules/.bin:$web/node_modules/.bin:$PATH exec "$@"
)

# npm_packages FOLDER WHAT [RUN…]: those of the folder's lock file, brought again whenever it
# changes; RUN is a command that runs npm, e.g. in_web.
npm_packages() {
  local folder=$1 what=$2 stamp=$1/node_modules/.lock-digest digest
  shift 2
  digest=$(sha256sum "$folder/package-lock.json" | cut -d' ' -f1)
  [ "$(cat "$stamp" 2>/dev/null || true)" != "$digest" ] || return 0
  say "bringing $what from npm"
  # A download that hangs is given up and tried again.
  (cd "$folder" && "$@" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error \
    --fetch-timeout=30000 --fetch-retries=6)
  printf '%s\n' "$digest" >"$stamp"
}

# digest_of PATH…: of the names and contents of all files below, generated ones left out.
digest_of() {
  find "$@" \( -name node_modules -o -name dist -o -name generated -o -name '.generated-*' \) -prune \
    -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# build_when_changed WHAT RESULT COMMAND… -- INPUT…: skips the command while the inputs are those
# that RESULT was built from.
build_when_changed() {
  local what=$1 result=$2 command=() digest
  shift 2
  while [ "$1" != -- ]; do command+=("$1") && shift; done
  shift
  digest=$(digest_of "$web/package-lock.json" "$@")
  [ "$(cat "$result/.input-digest" 2>/dev/null || true)" != "$digest" ] || return 0
  say "building $what"
  in_web "${command[@]}"
  printf '%s\n' "$digest" >"$result/.input-digest"
}

# The gateway runs from its sources; the contract and the console are built.
build_web() {
  build_when_changed "the contract for the web" "$web/contract/generated" \
    npm run --silent generate -w contract -- "$source_dir/protos" "$web/contract"
  [ -f "$web/console/package.json" ] || return 0
  build_when_changed "the console" "$web/console/dist" npm run --silent build -w console -- \
    "$source_dir/protos" "$web/contract" "$web/console" "$web/tsconfig.base.json" \
    "$source_dir"/workflows/*/docs
}
