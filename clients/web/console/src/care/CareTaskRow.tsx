import {
  CareOccasionSchema,
  CareTaskState,
  CareTaskStateSchema,
  type CareTask,
} from "@redress/contract/redress/customer/v1/care_service_pb";
import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import { Link } from "react-router";
import { useMemberName } from "../case/queries";
import { customerQuery } from "../customer/queries";
import { useWork } from "../session/work";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { ruleName, useCareRules } from "./queries";

// Whom, why, until when, and who has it.
export function CareTaskRow({ of, isOwn }: { of: CareTask; isOwn: boolean }) {
  const words = useWords();
  const { t, name } = words;
  const memberName = useMemberName();
  const rule = useCareRules().data?.find((one) => one.ruleCode === of.ruleCode);
  const isOver = of.state === CareTaskState.DONE || of.state === CareTaskState.SKIPPED;
  return (
    <>
      <div className="queue-line">
        <Customer id={of.customerId} />
        <Tag variant="filled">{ruleName(rule, of.ruleCode, words)}</Tag>
        <span className="quiet">
          {name("careOccasion", enumName(CareOccasionSchema, of.occasion))} {of.occasionDay}
        </span>
        {rule?.coupon && (
          <Tag color="gold" variant="filled">
            {t("care.coupon")}
          </Tag>
        )}
        {of.state === CareTaskState.CLAIMED && (
          <Tag color="blue" variant="filled">
            {isOwn ? t("care.mine") : memberName(of.workerId)}
          </Tag>
        )}
        <span className="grow" />
        {/* A task is due when it is made, and is not late for it. */}
        <TimeText of={isOver ? of.finishTime : of.dueTime} />
      </div>
      {isOver && (
        <div className="quiet">
          {name("careTaskState", enumName(CareTaskStateSchema, of.state))} ·{" "}
          {of.workerId ? memberName(of.workerId) : t("care.bySystem")} ·{" "}
          {name(of.state === CareTaskState.DONE ? "careResult" : "careSkip", of.result)}
          {of.couponCode && ` · ${of.couponCode}`}
        </div>
      )}
    </>
  );
}

function Customer({ id }: { id: string }) {
  const read = useQuery({ ...customerQuery(useWork(), id), staleTime: 5 * 60_000 });
  return (
    <Link to={`/customers/${id}`}>
      <strong>{read.data?.nick ?? `…${id.slice(-8)}`}</strong>{" "}
      {read.data && <span className="quiet">{read.data.platform}</span>}
    </Link>
  );
}
