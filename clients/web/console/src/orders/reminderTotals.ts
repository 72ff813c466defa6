import type { ReminderSum } from "@redress/contract/redress/order/v1/reminder_service_pb";
import type { Amount } from "../shared/format/money";

// A row of the table of sums; a total is nobody's.
export interface SumRow {
  accountId?: string;
  sent: number;
  paidOrders: number;
  paid?: Amount | undefined;
}

// Everybody's reminders together, by currency: amounts of different ones are never added up. Of one
// agent alone there is nothing to add.
export function totalsOf(sums: ReminderSum[]): SumRow[] {
  const byCurrency = Map.groupBy(sums, ({ paid }) => paid?.currencyCode ?? "");
  return [...byCurrency]
    .filter(([, those]) => those.length > 1)
    .map(([currencyCode, those]) => ({
      sent: those.reduce((sum, one) => sum + one.sent, 0),
      paidOrders: those.reduce((sum, one) => sum + one.paidOrders, 0),
      paid: {
        currencyCode,
        minorUnits: those.reduce((sum, { paid }) => sum + (paid?.minorUnits ?? 0n), 0n),
      },
    }));
}

// How many of the reminders were followed by a payment.
export function shareOf({ sent, paidOrders }: SumRow): string {
  return sent === 0 ? "—" : `${((100 * paidOrders) / sent).toFixed(1)}%`;
}
