import { timestampFromMs, type Timestamp } from "@bufbuild/protobuf/wkt";
import type { AddressChange } from "@redress/contract/redress/order/v1/change_service_pb";
import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import type { UnpaidOrdering } from "@redress/contract/redress/order/v1/reminder_service_pb";
import { useQuery } from "@tanstack/react-query";
import dayjs from "dayjs";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { usePages } from "../shared/api/usePages";
import { momentIn } from "../shared/format/time";

export interface UnpaidFilter {
  ordering: UnpaidOrdering;
  minimumAgeMinutes: number;
  minimumMinor: bigint;
  notReminded: boolean;
}

export function useUnpaid(filter: UnpaidFilter) {
  const { api } = useWork();
  const key = { ...filter, minimumMinor: filter.minimumMinor.toString() };
  return usePages(
    ["unpaid", key],
    (pageToken, signal) =>
      api.reminders.listUnpaidOrders({ ...filter, pageToken, pageSize: 50 }, { signal }),
    (page) => page.orders,
    { refetchInterval: refresh_ms },
  );
}

export function useReminders() {
  const { api } = useWork();
  return usePages(
    ["unpaid", "reminders"],
    (pageToken, signal) => api.reminders.listReminders({ pageToken, pageSize: 50 }, { signal }),
    (page) => page.reminders,
    { refetchInterval: refresh_ms },
  );
}

// What reminders of whole days of the shop's calendar have brought.
export function useReminderSums(fromDay: string, toDay: string) {
  const { api, shop } = useWork();
  const startOf = (day: string): Timestamp =>
    timestampFromMs(momentIn(shop.timeZone, `${day} 00:00`));
  const nextDay = dayjs(toDay).add(1, "day").format("YYYY-MM-DD");
  return useQuery({
    queryKey: [shop.shopId, "unpaid", "sums", fromDay, toDay],
    queryFn: async ({ signal }) => {
      const span = { from: startOf(fromDay), until: startOf(nextDay) };
      return (await api.reminders.summariseReminders(span, { signal })).sums;
    },
    refetchInterval: refresh_ms,
  });
}

export function useStuck(silentHours: number) {
  const { api } = useWork();
  return usePages(
    ["parcels", "stuck", silentHours],
    (pageToken, signal) =>
      api.parcels.listStuckParcels({ silentHours, pageToken, pageSize: 50 }, { signal }),
    (page) => page.parcels,
    { refetchInterval: refresh_ms },
  );
}

export function useUntold() {
  const { api } = useWork();
  return usePages(
    ["parcels", "untold"],
    (pageToken, signal) => api.parcels.listUntoldParcels({ pageToken, pageSize: 50 }, { signal }),
    (page) => page.parcels,
    { refetchInterval: refresh_ms },
  );
}

export function useMarkTold() {
  const { api } = useWork();
  return useChanging(
    (asked: { orderId: string; trackingNumber: string }, requestId) =>
      api.parcels.markParcelTold({ ...asked, requestId }),
    ["parcels"],
  );
}

export function useTracks(orderId: string) {
  const { api } = useWork();
  return usePages(
    ["parcels", "tracks", orderId],
    (pageToken, signal) => api.parcels.listTracks({ orderId, pageToken, pageSize: 20 }, { signal }),
    (page) => page.tracks,
  );
}

export function useOrderChanges(orderId: string) {
  const { api } = useWork();
  return usePages(
    ["order changes", orderId],
    (pageToken, signal) =>
      api.changes.listOrderChanges({ orderId, pageToken, pageSize: 20 }, { signal }),
    (page) => page.changes,
  );
}

// That the order has another receiver, the newest first; again for each receiver that it gets.
export function useAddressChangesOf({ orderId, receiverVersion }: Order) {
  const { api } = useWork();
  return usePages(
    ["address changes", "of", orderId, receiverVersion],
    (pageToken, signal) =>
      api.changes.listAddressChanges({ orderId, pageToken, pageSize: 1 }, { signal }),
    (page) => page.changes,
    { refetchInterval: refresh_ms },
  );
}

// Of all orders, the newest first.
export function useAddressChanges(unacknowledgedOnly: boolean) {
  const { api } = useWork();
  return usePages(
    ["address changes", { unacknowledgedOnly }],
    (pageToken, signal) =>
      api.changes.listAddressChanges({ unacknowledgedOnly, pageToken, pageSize: 50 }, { signal }),
    (page) => page.changes,
    { refetchInterval: refresh_ms },
  );
}

export function useAcknowledge(onDone: (change: AddressChange | undefined) => void) {
  const { api } = useWork();
  return useChanging(
    (asked: { orderId: string; receiverVersion: number }, requestId) =>
      api.changes.acknowledgeAddressChange({ ...asked, requestId }),
    ["address changes"],
    ({ change }) => onDone(change),
  );
}

// What a change of an order makes read again.
export const orderTopics = [
  "order",
  "orders",
  "order changes",
  "address changes",
  "memo",
  "unpaid",
];
