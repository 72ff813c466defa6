# People in the sample shop whom an agent meets in a day: three buyers of this week whose orders wait
# for something, one who has been away, what is known of them, tags and their rules, and whom to
# contact. Like the rest it
# goes through the command line. Sourced after sample.sh.

# The moment that the shop was loaded: a repeat says the same of every time.
sample_moment() { # sample_moment OFFSET: e.g. '-3 hours'
  [ -s "$state/sample/began" ] || date -u '+%Y-%m-%d %H:%M:%S UTC' >"$state/sample/began"
  date -u -d "$(cat "$state/sample/began") $1" +%Y-%m-%dT%H:%M:%SZ
}

# sample_buyer KEY NICK NAME PHONE ADDRESS: answers the customer's id. KEY is for the request's id.
sample_buyer() {
  sample_redress integration --json --request-id "sample:buyer:$1" customer upsert --platform taobao \
    --nick "$2" --name "$3" --phone "$4" --address "$5" </dev/null | json_value customer customer_id
}

# sample_order NUMBER NICK STATUS PLACED PAID SKU TITLE MINOR [TRACKING]: PLACED and PAID are offsets;
# an order without PAID is unpaid. Answers the order's id.
sample_order() {
  local placed paid=''
  placed=$(sample_moment "$4")
  [ -z "$5" ] || paid=$(sample_moment "$5")
  python3 - "$1" "$2" "$3" "$placed" "$paid" "$6" "$7" "$8" "${9:-}" <<'PYTHON' |
import json, sys

number, nick, status, placed, paid, sku, title, minor, tracking = sys.argv[1:]
buyers = {
    "茶小满": ("林小满", "13800138000", "浙江省杭州市西湖区文三路 90 号 3 幢 501 室"),
    "coppermoon": ("Amelia Shaw", "13900139000", "上海市徐汇区漕溪北路 88 号 1204 室"),
    "coppermoon_2": ("Amelia Shaw", "13900139000", "上海市徐汇区漕溪北路 88 号 1204 室"),
    "北岸灯塔": ("江远", "13700137000", "山东省青岛市市南区香港中路 12 号 602 室"),
}
name, phone, address = buyers[nick]
line = {"lineNumber": "1", "sku": sku, "title": title, "quantity": 1,
        "unitPrice": f"{int(minor) / 100:.2f}", "paidMinor": minor}
order = {"platform": "taobao", "orderNumber": number, "buyerNick": nick, "status": status,
         "currencyCode": "GBP", "orderTime": placed, "sourceTime": paid or placed, "lines": [line],
         "receiver": {"name": name, "phone": phone, "address": address}}
if paid:
    order["payTime"] = paid
if tracking:
    order["shipments"] = [{"carrier": "ZTO", "trackingNumber": tracking, "shipTime": paid}]
json.dump(order, sys.stdout)
PYTHON
    sample_redress integration --json --request-id "sample:order:$1" order push - |
    json_value order order_id
}

# A rule's draft is tried on everybody before it may be switched on. The rules of preferences stay
# drafts: articles of the sample have neither sizes nor colours.
switch_on_sample_rules() {
  local tag
  sample_redress supervisor --request-id sample:adopt tag rule adopt-shipped >/dev/null
  for tag in new_customer returning_customer loyal at_risk high_value often_refunds \
    malicious_reviewer aftersales_customer coupon_sent; do
    sample_redress supervisor --request-id "sample:try:$tag" tag rule try "$tag" --version 1 >/dev/null
    sample_redress supervisor --request-id "sample:on:$tag" tag rule switch "$tag" --version 1 \
      --on >/dev/null
  done
}

define_sample_segment() {
  sample_redress supervisor --request-id sample:segment segment set regulars --name-zh 常客 \
    --name-en Regulars --condition 'paid_orders >= 3' >/dev/null
}

# The flags that set an adopted care rule as it is, but on; none for one that is on.
care_rule_flags() { # care_rule_flags CODE
  sample_redress supervisor --json care rules | python3 -c '
import json, sys
rule = next(one for one in json.load(sys.stdin)["rules"] if one["rule_code"] == sys.argv[1])
if rule.get("enabled"):
    sys.exit()
flags = ["--version", rule["version"], "--name-zh", rule["name_zh"], "--name-en", rule["name_en"],
         "--condition", rule["expression"], "--quiet-days", rule["quiet_days"],
         "--occasion", rule["occasion"].removeprefix("CARE_OCCASION_").lower(),
         "--days-ahead", rule.get("days_ahead", 0)]
if rule.get("coupon"):
    flags.append("--coupon")
if rule.get("days"):
    flags += ["--days", *rule["days"]]
print(*flags, "--enabled", sep="\n")' "$1"
}

# The rules that ship, of which the sample shop has use the whole year, and one buyer's birthday.
define_sample_care() { # define_sample_care CUSTOMER
  local code flags
  sample_redress supervisor --request-id sample:care:adopt care adopt >/dev/null
  for code in birthday quiet_90_days case_coupon; do
    mapfile -t flags < <(care_rule_flags "$code")
    [ ${#flags[@]} -gt 0 ] || continue
    sample_redress supervisor --request-id "sample:care:on:$code" care set-rule "$code" \
      "${flags[@]}" >/dev/null
  done
  sample_redress agent --request-id sample:wishes care set-wishes "$1" \
    --birthday "$(date -u -d "$(sample_moment '+3 days')" +%m-%d)" >/dev/null
}

note_sample_things() { # note_sample_things CUSTOMER ORDER
  local supervisor_id
  supervisor_id=$(sample_redress admin --json member list | python3 -c '
import json, sys
print(next(one["account_id"] for one in json.load(sys.stdin)["members"]
           if one["account_name"] == "sample.supervisor"))')
  sample_redress agent --request-id sample:note note add "$1" --pin --mention "$supervisor_id" \
    --text "Calls in the evening only. @Sample supervisor please confirm the gift wrap." >/dev/null
  sample_redress agent --request-id sample:memo order memo write "$2" --etag 0 --stage pre_sale \
    --flag 2 --what "gift wrap, no invoice" --who "Sample agent" --next "confirm before shipping" \
    >/dev/null
}

sample_coupon_state() { # sample_coupon_state CASE: of its one compensation; none where it has none
  sample_redress agent --json compensation list --case "$1" </dev/null | python3 -c '
import json, sys
given = json.load(sys.stdin).get("compensations", [])
print(given[0]["state"] if given else "none")'
}

# A case whose buyer was given a coupon. Each step is taken from the state before it, so that a
# repeat takes none twice.
give_sample_coupon() { # give_sample_coupon ORDER
  local line of
  line=$(sample_redress agent --json order show "$1" </dev/null | json_value order lines 0 line_id)
  of=$(sample_redress agent --json --request-id sample:coupon:case case open --order "$1" \
    --line "$line" --quantity 1 --amount 5.00 --variant refund-only --reason damaged \
    --text "One ornament came chipped." </dev/null | json_value case case_id)
  [ "$(sample_coupon_state "$of")" != none ] ||
    sample_redress agent --request-id sample:coupon:offer compensation offer "$of" --kind coupon \
      --amount 3.00 --reason damaged_in_transit --text "For the next order, with our apologies." \
      </dev/null >/dev/null
  local number
  number=$(sample_redress agent --json compensation list --case "$of" </dev/null |
    json_value compensations 0 number)
  [ "$(sample_coupon_state "$of")" != COMPENSATION_STATE_GRANTED ] ||
    sample_redress agent --request-id sample:coupon:begin compensation begin "$of" "$number" \
      </dev/null >/dev/null
  [ "$(sample_coupon_state "$of")" != COMPENSATION_STATE_UNDER_WAY ] ||
    sample_redress agent --request-id sample:coupon:give compensation record "$of" "$number" \
      --result given --coupon-code SORRY-3 </dev/null >/dev/null
}

load_sample_people() {
  local tea wrapped chipped
  tea=$(sample_buyer tea 茶小满 林小满 13800138000 '浙江省杭州市西湖区文三路 90 号 3 幢 501 室')
  sample_buyer moon coppermoon 'Amelia Shaw' 13900139000 '上海市徐汇区漕溪北路 88 号 1204 室' >/dev/null
  # The same person under another nick.
  sample_buyer moon2 coppermoon_2 'Amelia Shaw' 13900139000 '上海市徐汇区漕溪北路 88 号 1204 室' >/dev/null
  wrapped=$(sample_order S1001 茶小满 ORDER_STATUS_WAIT_SELLER_SEND_GOODS '-3 hours' '-2 hours' \
    85123A 'WHITE HANGING HEART T-LIGHT HOLDER' 2550)
  sample_order S1002 茶小满 ORDER_STATUS_WAIT_BUYER_PAY '-1 hour' '' \
    22423 'REGENCY CAKESTAND 3 TIER' 1275 >/dev/null
  chipped=$(sample_order S1003 coppermoon ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS '-5 days' '-5 days' \
    84879 'ASSORTED COLOUR BIRD ORNAMENT' 1690 75300000001003)
  sample_order S1004 coppermoon_2 ORDER_STATUS_TRADE_FINISHED '-20 days' '-20 days' \
    47566 'PARTY BUNTING' 495 75300000001004 >/dev/null
  # Whoever has not ordered for 90 days is to be contacted.
  sample_order S1005 北岸灯塔 ORDER_STATUS_TRADE_FINISHED '-100 days' '-100 days' \
    84879 'ASSORTED COLOUR BIRD ORNAMENT' 1690 75300000001005 >/dev/null
  switch_on_sample_rules
  define_sample_segment
  define_sample_care "$tea"
  note_sample_things "$tea" "$wrapped"
  give_sample_coupon "$chipped"
}
