#include "services/aftersales/store/link_rows.h"

namespace redress::aftersales {
namespace {

constexpr std::size_t kMaxRows = 64;
constexpr char kInsertAsksHead[] =
    "INSERT INTO case_inbox (shop_id, source_case_id, sequence, case_id, kind, event, members,"
    " state, refusal, attempts, asked_at, due_at, updated_at) VALUES ";
constexpr char kInsertLinksHead[] =
    "INSERT INTO case_links (shop_id, case_id, linked_case_id, relation, linked_at) VALUES ";
constexpr char kInsertLinksTail[] = " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";

}  // namespace

const platform::MultiRow kInsertAsks(kInsertAsksHead, 13, "", kMaxRows);
const platform::MultiRow kInsertLinks(kInsertLinksHead, 5, kInsertLinksTail, kMaxRows);

CaseAsk ReadAsk(platform::Result& result) {
  CaseAsk ask;
  RowCursor row(result);
  row >> ask.shop, row >> ask.source, row >> ask.sequence, row >> ask.target, row >> ask.kind;
  row >> ask.event, row >> ask.members, row >> ask.state, row >> ask.refusal;
  row >> ask.attempts, row >> ask.asked_at;
  return ask;
}

void AppendAsk(std::vector<platform::Value>& values, const CaseAsk& ask) {
  values.insert(values.end(), {ask.shop, ask.source, ask.sequence, ask.target, ask.kind, ask.event,
                               ask.members, Number(ask.state), ask.refusal, ask.attempts,
                               ask.asked_at, ask.asked_at, ask.asked_at});
}

void AppendLink(std::vector<platform::Value>& values, const CaseLink& link) {
  values.insert(values.end(),
                {link.shop, link.from, link.to, Number(link.relation), link.linked_at, link.shop,
                 link.to, link.from, Number(Reverse(link.relation)), link.linked_at});
}

}  // namespace redress::aftersales
