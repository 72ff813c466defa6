# The sample shop: real orders and what they sold (see deploy/sample/NOTICE.md), one member per role
# with a random password, and some open cases. Loaded through the command line like any shop; a repeat changes
# nothing. Sourced after state.sh; needs $programs.

readonly sample_name="Sample Gift Shop"
readonly sample_roles=(agent supervisor warehouse finance admin auditor integration)

sample_redress() { # sample_redress ROLE ARGUMENTS…: as the member with that role
  local role=$1
  shift
  "$programs/redress" --state "$state" --as "sample-$role" "$@"
}

sample_password() { awk -F'\t' -v role="$1" '$1 == role { print $3 }' "$state/sample/log_ins"; }

make_sample_log_ins() {
  mkdir -p "$state/sample"
  [ -s "$state/sample/log_ins" ] && return
  local role
  for role in "${sample_roles[@]}"; do
    printf '%s\tsample.%s\t%s\n' "$role" "$role" "$(random_secret)"
  done >"$state/sample/log_ins"
}

json_value() { # json_value KEY…: from standard input
  python3 -c '
import json, sys
value = json.load(sys.stdin)
for key in sys.argv[1:]:
    value = value[int(key)] if isinstance(value, list) else value[key]
print(value)' "$@"
}

create_sample_members() {
  local role limit
  sample_password admin | sample_redress admin --shop "$shop_id" log-in --account sample.admin \
    --password-stdin >/dev/null
  for role in "${sample_roles[@]}"; do
    [ "$role" != admin ] || continue
    limit=()
    [ "$role" != agent ] || limit=(--approval-limit-minor 20000)
    sample_password "$role" | sample_redress admin --request-id "sample:member:$role" member create \
      --account "sample.$role" --display-name "Sample $role" --roles "$role" "${limit[@]}" \
      --password-stdin >/dev/null
    sample_password "$role" | sample_redress "$role" --shop "$shop_id" log-in \
      --account "sample.$role" --password-stdin >/dev/null
  done
}

membership_known() { sample_redress agent case list >/dev/null 2>&1 && sample_redress admin order list >/dev/null 2>&1; }

import_sample_products() {
  sample_redress admin import products "$source_dir/deploy/sample/products.csv" \
    --mapping products --rejects "$state/sample/rejects.csv" >"$state/log/sample-products.log" 2>&1 ||
    fail "the sample's products could not be imported; see $state/log/sample-products.log"
}

# Opens a refund on each of the newest orders that has something to refund.
open_sample_cases() {
  sample_redress agent --json order list --limit 12 | python3 -c '
import json, sys
variants = ["refund-only", "return-and-refund"]
number = 0
for order in json.load(sys.stdin)["orders"]:
    lines = [line for line in order["lines"] if int(line["refund_ceiling"]["minor_units"]) > 0]
    if lines:
        line = max(lines, key=lambda line: int(line["refund_ceiling"]["minor_units"]))
        minor = int(line["refund_ceiling"]["minor_units"])
        print(order["order_id"], line["line_id"], f"{minor // 100}.{minor % 100:02d}", variants[number % 2])
        number += 1
' | while read -r order line amount variant; do
    sample_redress agent --request-id "sample:case:$line" case open --order "$order" --line "$line" \
      --quantity 1 --amount "$amount" --variant "$variant" --reason damaged \
      --text "The parcel arrived damaged." </dev/null >/dev/null
  done
}

load_sample_shop() {
  local shop_id
  make_sample_log_ins
  say "sample shop: creating it"
  shop_id=$(sample_password admin | "$programs/redress" --state "$state" --json \
    --request-id sample:shop shop create --name "$sample_name" --time-zone Europe/London \
    --currency GBP --admin sample.admin --admin-name "Sample admin" --password-stdin |
    json_value shop shop_id)
  if [ ! -e "$state/sample/loaded" ]; then
    create_sample_members
    retry 30 membership_known || fail "the sample shop's members are not known to every service"
    say "sample shop: importing its orders"
    sample_redress admin import orders "$source_dir/deploy/sample/transactions.csv" \
      --mapping uci_online_retail --rejects "$state/sample/rejects.csv" >"$state/log/sample-import.log" 2>&1 ||
      fail "the sample's orders could not be imported; see $state/log/sample-import.log"
    say "sample shop: importing its products"
    import_sample_products
    say "sample shop: opening cases"
    open_sample_cases
    say "sample shop: people, tags and care"
    load_sample_people
    touch "$state/sample/loaded"
  fi
  write_endpoints "$shop_id" "$sample_name"
}
