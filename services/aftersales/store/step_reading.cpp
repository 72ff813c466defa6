#include "services/aftersales/store/step_reading.h"

#include "services/aftersales/domain/snapshot.h"
#include "services/aftersales/store/case_rows.h"
#include "services/aftersales/store/step_rows.h"

namespace redress::aftersales {
namespace {

#define REDRESS_SELECT_STEPS_AFTER                                                     \
  "SELECT s.shop_id, " REDRESS_STEP_COLUMNS ", c.shop_id, " REDRESS_CASE_FIXED_COLUMNS \
  " FROM steps s FORCE INDEX (PRIMARY) STRAIGHT_JOIN cases c"                          \
  " ON c.shop_id = s.shop_id AND c.case_id = s.case_id WHERE "

constexpr char kLoadHead[] = REDRESS_SELECT_STEPS_AFTER "(s.shop_id, s.case_id, s.sequence) IN (";

}  // namespace

const platform::MultiRow kLoadStepsAfter(kLoadHead, 3, ")", 128);
const char kSelectStepsAfter[] = REDRESS_SELECT_STEPS_AFTER;

StepAfter ReadStepAfter(platform::Result& row) {
  StepAfter read;
  read.step = ReadStep(row);
  RowCursor fixed(row, kStepColumns);
  ReadFixed(fixed, read.left.after);
  DecodeSnapshot(read.step.snapshot, read.left);
  return read;
}

}  // namespace redress::aftersales
