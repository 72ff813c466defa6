import {
  CareTaskState,
  type CareTask,
} from "@redress/contract/redress/customer/v1/care_service_pb";
import { useState } from "react";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { CareTaskActs, type Doing } from "./CareTaskActs";
import { CareTaskRow } from "./CareTaskRow";
import { useCareAct } from "./queries";

// The tasks, worked off by keyboard: j and k choose, c claims, d and s end it, r gives it back.
export function CareList({ of }: { of: CareTask[] }) {
  const { can, session } = useWork();
  const [chosenId, setChosenId] = useState<string>();
  const [doing, setDoing] = useState<Doing>();
  const at = Math.max(
    0,
    of.findIndex((task) => task.taskId === chosenId),
  );
  const chosen = of[at];
  const act = useCareAct((task) => {
    setDoing(undefined);
    if (task?.state === CareTaskState.CLAIMED) setChosenId(task.taskId);
  });
  const choose = (taskId: string | undefined) => {
    if (!taskId || taskId === chosen?.taskId) return;
    setChosenId(taskId);
    setDoing(undefined);
    act.reset();
  };
  const mayWork = can("ROLE_AGENT", "ROLE_SUPERVISOR");
  const isOpen = chosen?.state === CareTaskState.OPEN;
  const isOwn = chosen?.state === CareTaskState.CLAIMED && chosen.workerId === session.accountId;
  const mayRelease = chosen?.state === CareTaskState.CLAIMED && (isOwn || can("ROLE_SUPERVISOR"));
  const simply = (what: "claim" | "release", may: boolean) => {
    if (chosen && may && !act.isPending) act.mutate({ of: chosen, act: what });
  };
  useShortcuts({
    j: () => choose(of[at + 1]?.taskId),
    k: () => choose(of[at - 1]?.taskId),
    ...(mayWork && {
      c: () => simply("claim", isOpen),
      d: () => isOwn && setDoing("finish"),
      s: () => (isOpen || isOwn) && setDoing("skip"),
      r: () => simply("release", mayRelease),
    }),
  });
  return (
    <ul className="message-list">
      {of.map((task) => (
        <li
          key={task.taskId}
          aria-current={task === chosen}
          className="message-row"
          onClick={() => choose(task.taskId)}
        >
          <CareTaskRow of={task} isOwn={task.workerId === session.accountId} />
          {task === chosen && mayWork && (
            <CareTaskActs
              of={task}
              may={{ claim: isOpen, finish: isOwn, skip: isOpen || isOwn, release: mayRelease }}
              act={act}
              doing={doing}
              onDoing={setDoing}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
