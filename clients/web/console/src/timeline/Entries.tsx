import {
  TimelineKind,
  TimelineKindSchema,
  type TimelineEntry,
} from "@redress/contract/redress/customer/v1/timeline_service_pb";
import { Select } from "antd";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { EntryRow } from "./EntryRow";

export function EntryList({ of }: { of: TimelineEntry[] }) {
  const { t } = useWords();
  if (of.length === 0) return <Nothing what={t("timeline.empty")} />;
  return (
    <ol className="history">
      {of.map((entry) => (
        <EntryRow key={keyOf(entry)} of={entry} />
      ))}
    </ol>
  );
}

const kinds = Object.values(TimelineKind).filter(
  (kind): kind is TimelineKind => typeof kind === "number" && kind !== TimelineKind.UNSPECIFIED,
);

interface FilterProps {
  value: TimelineKind[];
  onChange: (kinds: TimelineKind[]) => void;
}

export function KindFilter({ value, onChange }: FilterProps) {
  const { t, name } = useWords();
  return (
    <Select
      mode="multiple"
      size="small"
      className="kind-filter"
      aria-label={t("timeline.kinds")}
      placeholder={t("timeline.everything")}
      value={value}
      onChange={onChange}
      allowClear
      options={kinds.map((kind) => ({
        value: kind,
        label: name("timelineKind", enumName(TimelineKindSchema, kind)),
      }))}
    />
  );
}

function keyOf({ kind, happenTime, entry }: TimelineEntry): string {
  return `${kind} ${idOf(entry)} ${String(happenTime?.seconds)}`;
}

function idOf(entry: TimelineEntry["entry"]): string {
  switch (entry.case) {
    case "order":
      return entry.value.orderId;
    case "case":
      return entry.value.caseId;
    case "conversation":
      return entry.value.conversationId;
    case "adjustment":
      return entry.value.adjustmentId;
    case "note":
      return entry.value.noteId;
    case "care":
      return entry.value.taskId;
    case "coupon":
      return `${entry.value.caseId} ${String(entry.value.compensationNumber)}`;
    case undefined:
      return "";
  }
}
