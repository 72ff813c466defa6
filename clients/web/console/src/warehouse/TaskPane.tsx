import {
  InterceptOutcome,
  InterceptOutcomeSchema,
  TaskKind,
  TaskKindSchema,
  TaskStateSchema,
  type WarehouseTask,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef } from "react";
import { useMemberName } from "../case/queries";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { millisOf } from "../shared/format/time";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Facts } from "../shared/ui/Facts";
import { useNow } from "../shared/ui/useNow";
import { TimeLeft } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { ReportForm } from "./ReportForm";
import { isOpen } from "./useTasks";
import { enumName } from "../shared/words/enums";

interface Props {
  of: WarehouseTask;
  onChanged: (task: WarehouseTask) => void;
}

export function TaskPane({ of, onChanged }: Props) {
  const { t, name } = useWords();
  const { session } = useWork();
  const now = useNow();
  const isHeld = of.claimedBy !== "" && (millisOf(of.leaseExpireTime) ?? 0) > now;
  const isMine = isHeld && of.claimedBy === session.accountId;
  return (
    <div className="scroll">
      <Facts
        of={[
          {
            label: t("warehouse.task"),
            value: name("taskKind", enumName(TaskKindSchema, of.kind)),
          },
          {
            label: t("finance.state"),
            value: name("taskState", enumName(TaskStateSchema, of.state)),
          },
          { label: t("order.what"), value: of.title || of.sku, wide: true },
          { label: t("order.sku"), value: <span className="number">{of.sku}</span> },
          { label: t("order.quantity"), value: <Quantities of={of} /> },
          {
            label: t("warehouse.parcel"),
            value:
              [of.carrier, of.trackingNumber].filter(Boolean).join(" ") || t("warehouse.noParcel"),
            wide: true,
          },
          of.interceptOutcome !== InterceptOutcome.UNSPECIFIED && {
            label: t("case.interception"),
            value: name("enumValue", enumName(InterceptOutcomeSchema, of.interceptOutcome)),
          },
        ]}
      />
      {isOpen(of) ? (
        <>
          <Lease of={of} isHeld={isHeld} isMine={isMine} onChanged={onChanged} />
          {isMine && <ReportForm key={reportedOf(of)} of={of} onChanged={onChanged} />}
        </>
      ) : (
        <p className="quiet pad-side">{t("warehouse.done")}</p>
      )}
    </div>
  );
}

// What a report changes of a task. Renewing its lease leaves the next report as it was typed.
function reportedOf({ state, quantityReceived, quantityGood }: WarehouseTask): string {
  return [state, quantityReceived, quantityGood].join(" ");
}

function Quantities({ of }: { of: WarehouseTask }) {
  const { t } = useWords();
  const isSent = of.kind === TaskKind.OUTBOUND_REPLACEMENT || of.kind === TaskKind.SEND_BACK;
  const parts = [t(isSent ? "warehouse.toSend" : "warehouse.expected", { count: of.quantity })];
  if (of.quantityReceived > 0) parts.push(t("warehouse.received", { count: of.quantityReceived }));
  if (of.quantityGood > 0) parts.push(t("warehouse.good", { count: of.quantityGood }));
  return <>{parts.join(" · ")}</>;
}

interface LeaseProps extends Props {
  isHeld: boolean;
  isMine: boolean;
}

type Move = "claim" | "renew" | "release";

function useLeaseMove({ of, onChanged }: Props) {
  const { api } = useWork();
  const requestIds = useRef(new Map<string, string>());
  return useMutation({
    mutationFn: async (move: Move) => {
      // A failed move is tried again under its own name; a later version is another move.
      const intent = `${move} ${of.version}`;
      const requestId = requestIds.current.get(intent) ?? newRequestId();
      requestIds.current.set(intent, requestId);
      const request = { requestId, taskId: of.taskId };
      if (move === "claim") return (await api.warehouse.claimTask(request)).task;
      if (move === "renew") return (await api.warehouse.renewTaskLease(request)).task;
      return (await api.warehouse.releaseTask(request)).task;
    },
    onSuccess: (task) => task && onChanged(task),
  });
}

function Lease({ of, isHeld, isMine, onChanged }: LeaseProps) {
  const { t } = useWords();
  const memberName = useMemberName();
  const move = useLeaseMove({ of, onChanged });
  return (
    <section className="lease">
      {isMine && of.leaseExpireTime && (
        <span>
          {t("warehouse.claimedByMe")} · <LeaseLeft until={of.leaseExpireTime} />
        </span>
      )}
      {isHeld && !isMine && (
        <span>{t("warehouse.claimedBy", { name: memberName(of.claimedBy) })}</span>
      )}
      {!isHeld && (
        <>
          <Button type="primary" loading={move.isPending} onClick={() => move.mutate("claim")}>
            {t("warehouse.claim")}
          </Button>
          <span className="quiet">{t("warehouse.claimFirst")}</span>
        </>
      )}
      {isMine && (
        <>
          <Button size="small" loading={move.isPending} onClick={() => move.mutate("renew")}>
            {t("warehouse.renew")}
          </Button>
          <Button size="small" disabled={move.isPending} onClick={() => move.mutate("release")}>
            {t("warehouse.release")}
          </Button>
        </>
      )}
      {move.error && <ErrorNotice error={move.error} />}
    </section>
  );
}

function LeaseLeft({ until }: { until: NonNullable<WarehouseTask["leaseExpireTime"]> }) {
  const { t } = useWords();
  const [before, after] = t("warehouse.lease", { time: "|" }).split("|");
  return (
    <span className="number">
      {before}
      <TimeLeft until={until} />
      {after}
    </span>
  );
}
