import {
  CareTaskState,
  type CareTask,
} from "@redress/contract/redress/customer/v1/care_service_pb";
import { useState } from "react";
import { useWork } from "../session/work";
import { choosingBy, type Choice } from "../shared/keyboard/choice";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { ActNotice, CareTaskActs, type Doing } from "./CareTaskActs";
import { CareTaskRow } from "./CareTaskRow";
import { useCareAct } from "./queries";

const { afterDealing, choose, chosenIn, firstOf, moved } = choosingBy(
  ({ taskId }: CareTask) => taskId,
);

// The tasks, worked off by keyboard: j and k choose, c claims, d and s end it, r gives it back.
// Where one was dealt with, the next takes its place.
export function CareList({ of }: { of: CareTask[] }) {
  const { can, session } = useWork();
  const [choice, setChoice] = useState(() => firstOf(of));
  const [doing, setDoing] = useState<Doing>();
  const chosen = chosenIn(of, choice);
  // What was begun ends with its task.
  if (doing && !chosen) setDoing(undefined);
  const act = useCareAct((task) => {
    setDoing(undefined);
    if (!task || task.state === CareTaskState.CLAIMED) return;
    setChoice((latest) => afterDealing(of, latest, task.taskId));
  });
  const go = (next: Choice) => {
    if (next.id === chosen?.taskId) return;
    setChoice(next);
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
    j: () => go(moved(of, choice, 1)),
    k: () => go(moved(of, choice, -1)),
    ...(mayWork && {
      c: () => simply("claim", isOpen),
      d: () => isOwn && setDoing("finish"),
      s: () => (isOpen || isOwn) && setDoing("skip"),
      r: () => simply("release", mayRelease),
    }),
  });
  return (
    <>
      {!chosen && <ActNotice error={act.error} />}
      <ul className="message-list">
        {of.map((task) => (
          <li
            key={task.taskId}
            aria-current={task === chosen}
            className="message-row"
            onClick={() => go(choose(of, task.taskId))}
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
    </>
  );
}
