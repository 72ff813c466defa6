import { timestampFromMs, type Timestamp } from "@bufbuild/protobuf/wkt";
import type { Dayjs } from "dayjs";
import { momentIn } from "../format/time";

// What a date picker shows, to the minute.
export const pickedForm = "YYYY-MM-DD HH:mm";

// What was picked is a time of the shop's clocks, whatever zone the browser is in.
export function pickedIn(zone: string, picked: Dayjs): Timestamp {
  return timestampFromMs(momentIn(zone, picked.format(pickedForm)));
}
