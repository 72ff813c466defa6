#pragma once

// What the service does by itself, beside answering calls.

#include "services/aftersales/domain/automatic_assignment.h"
#include "services/aftersales/domain/bank_result_teller.h"
#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/case_inbox.h"
#include "services/aftersales/domain/case_scan.h"
#include "services/aftersales/domain/deadline_repository.h"
#include "services/aftersales/domain/deadline_timer.h"
#include "services/aftersales/domain/periodic.h"
#include "services/aftersales/domain/platform_objects.h"
#include "services/aftersales/domain/settlement_dispatch.h"
#include "services/aftersales/domain/task_feed.h"
#include "services/platform/server/parts.h"

namespace redress::aftersales {

// Fires deadlines, gives nobody's cases to agents on shift, carries what cases ask of each other,
// sends payments, tells cases what banks said, has cases follow their platform, gives tasks back to
// the queue when their lease has run out, counts what is overdue, and scans all cases for what must
// never be.
class Background {
 public:
  struct Uses {
    CaseEngine& engine;
    DeadlineRepository& deadlines;
    SettlementRepository& settlements;
    SettlementAdapter& adapter;
    TaskRepository& tasks;
    TaskFeed& feed;
    BankResultTeller& bank_results;
    AutomaticAssignment& assignment;
    CaseInbox& inbox;
    InboxRepository& asks;
    CaseScanRepository& scan;
    PlatformObjects& platform_refunds;
  };
  Background(platform::Parts& parts, Uses uses);

  void Start();
  void Stop();

 private:
  DeadlineTimer timer_;
  SettlementDispatch dispatch_;
  RollingScan scan_;
  Periodic deadlines_;
  Periodic asks_;
  Periodic payments_;
  Periodic bank_results_;
  Periodic assignment_;
  Periodic platform_refunds_;
  Periodic leases_;
  Periodic overdue_;
  Periodic scanning_;
};

}  // namespace redress::aftersales
