// What a warehouse system tells us, read out of its messages. Fields that nothing here needs are
// read over. Throws UnusableMessage when a field that is needed is missing or no number.
import { createHash } from "node:crypto";

import type { Element } from "./xml.ts";

export class UnusableMessage extends Error {
  override name = "UnusableMessage";
}

export interface Parcel {
  readonly carrier: string;
  readonly trackingNumber: string;
}

/** One line of what has arrived. */
export interface ReceivedLine {
  readonly itemCode: string;
  /** ZP good, CC defective, JS damaged by machine, XS damaged box; others count as not good. */
  readonly inventoryType: string;
  readonly quantity: number;
}

/** returnorder.confirm: a return was received and inspected. */
export interface ReturnConfirmed {
  /** Of every repeat of this message, and of no other one. */
  readonly key: string;
  readonly orderCode: string;
  readonly parcel: Parcel;
  readonly lines: readonly ReceivedLine[];
}

/** deliveryorder.confirm: goods were shipped, or will not be. */
export interface DeliveryConfirmed {
  readonly key: string;
  readonly orderCode: string;
  /** DELIVERED, REJECT, …; empty means DELIVERED. */
  readonly status: string;
  /** Whether more confirmations of this order are to come. */
  readonly isIntermediate: boolean;
  readonly parcels: readonly Parcel[];
}

/** sendgoods.cancel: it is known whether a parcel was stopped. */
export interface CancelConfirmed {
  readonly key: string;
  readonly orderCode: string;
  readonly status: string;
}

// Our references take these characters only.
const PLAIN_KEY = /^[A-Za-z0-9:._-]{1,50}$/;
const MOST_UNITS = 1_000_000;
// Each line may become a record of its own.
const MOST_LINES = 1_000;
const MOST_QUOTED = 40;

export function readReturn(message: Element, body: Uint8Array): ReturnConfirmed {
  const order = needed(message, "returnOrder");
  const given = message.list("orderLines", "orderLine");
  if (given.length > MOST_LINES) {
    throw new UnusableMessage(`orderLines has ${given.length} lines; send at most ${MOST_LINES}`);
  }
  const lines = given.map((line, index) => ({
    itemCode: line.text("itemCode"),
    inventoryType: line.text("inventoryType") || "ZP",
    quantity: unitsOf(line, `orderLines.orderLine[${index}].actualQty`),
  }));
  return {
    key: keyOf(order, body),
    orderCode: order.text("returnOrderCode"),
    parcel: parcelOf(order),
    lines,
  };
}

export function readDelivery(message: Element, body: Uint8Array): DeliveryConfirmed {
  const order = needed(message, "deliveryOrder");
  const packages = message.list("packages", "package");
  const parcels = (packages.length > 0 ? packages : [order])
    .map(parcelOf)
    .filter((parcel) => parcel.trackingNumber !== "");
  const status = order.text("status") || "DELIVERED";
  if (status === "DELIVERED" && parcels.length === 0) {
    throw new UnusableMessage("packages.package.expressCode is missing");
  }
  return {
    key: keyOf(order, body),
    orderCode: order.text("deliveryOrderCode"),
    status,
    isIntermediate: order.text("confirmType") === "1",
    parcels,
  };
}

export function readCancel(message: Element, body: Uint8Array): CancelConfirmed {
  return {
    key: keyOf(message, body),
    orderCode: message.text("orderCode"),
    status: message.text("status"),
  };
}

// outBizCode is the protocol's own key. A message without one is repeated as it was, byte by byte.
function keyOf(order: Element, body: Uint8Array): string {
  const given = order.text("outBizCode");
  if (PLAIN_KEY.test(given)) return given;
  return given === "" ? `body-${digestOf(body)}` : `code-${digestOf(Buffer.from(given))}`;
}

/** 32 hex digits; of what has to be told apart, not of anything secret. */
export function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}

function parcelOf(element: Element): Parcel {
  return {
    carrier: (element.text("logisticsName") || element.text("logisticsCode") || "OTHER").slice(
      0,
      64,
    ),
    trackingNumber: element.text("expressCode").slice(0, 64),
  };
}

function needed(message: Element, name: string): Element {
  const found = message.child(name);
  if (found === undefined) throw new UnusableMessage(`${name} is missing`);
  return found;
}

function unitsOf(line: Element, field: string): number {
  const text = line.text("actualQty");
  const units = /^\d{1,7}(\.0+)?$/.test(text) ? Number(text) : MOST_UNITS + 1;
  if (units > MOST_UNITS) {
    const quoted = text.slice(0, MOST_QUOTED);
    throw new UnusableMessage(`${field} is "${quoted}"; it has to be a whole number of units`);
  }
  return units;
}
