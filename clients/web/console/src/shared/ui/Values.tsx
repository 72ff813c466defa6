import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { Tag } from "antd";
import { useWork } from "../../session/work";
import { formatMoney, type Amount } from "../format/money";
import { deadlineText, formatTime, millisOf, spanText, urgencyOf } from "../format/time";
import { useWords } from "../words";
import { useNow } from "./useNow";

export function MoneyText({ of }: { of: Amount | undefined }) {
  const { locale } = useWords();
  return <span className="number">{formatMoney(of, locale)}</span>;
}

export function TimeText({ of }: { of: Timestamp | undefined }) {
  const { locale } = useWords();
  const { shop } = useWork();
  return <span className="number">{formatTime(of, locale, shop.timeZone)}</span>;
}

// Time left to a deadline, counting down.
export function Countdown({ due }: { due: Timestamp | undefined }) {
  const { t } = useWords();
  const now = useNow();
  const millis = millisOf(due);
  if (millis === undefined) return <span className="quiet">{t("queue.noDeadline")}</span>;
  return (
    <span className={`number due-${urgencyOf(millis, now)}`}>{deadlineText(millis, now, t)}</span>
  );
}

// Time left of something, without a verdict.
export function TimeLeft({ until }: { until: Timestamp }) {
  const { t } = useWords();
  const now = useNow();
  return <>{spanText(Math.max(0, (millisOf(until) ?? now) - now), t)}</>;
}

export function StateTag({ state, final }: { state: string; final: boolean }) {
  const { name } = useWords();
  return (
    <Tag className="state-tag" color={final ? "default" : "blue"} variant="filled">
      {name("state", state)}
    </Tag>
  );
}

const priorityColours = ["#a8071a", "#ad4e00", "#0958d9", "#595959"];

export function PriorityTag({ priority }: { priority: number }) {
  return (
    <span className="priority" style={{ background: priorityColours[priority] ?? "#595959" }}>
      P{priority}
    </span>
  );
}
