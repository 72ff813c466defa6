import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { kinds } from "../case/queries";
import { lastDays, spanIn } from "../figures/view";
import { useWork } from "../session/work";
import { behindOf, textOf, type Behind } from "./behind";
import type { Asked } from "./queries";

const usualDays = 30;

interface Chosen {
  kind?: string;
  workflowVersion?: number;
  days?: { fromDay: string; toDay: string };
  behind?: Behind | undefined;
}

// What the page shows; lives in the address, so that it can be shared and gone back to.
export function useFunnelView() {
  const { shop } = useWork();
  const [search, setSearch] = useSearchParams();
  const kind = kinds.find((one) => one === search.get("kind")) ?? kinds[0] ?? "";
  const version = /^\d{1,5}$/.exec(search.get("version") ?? "");
  const workflowVersion = Number(version?.[0] ?? 0);
  const { fromDay, toDay } = spanIn(search) ?? lastDays(shop.timeZone, usualDays);
  const query: Asked = useMemo(
    () => ({ kind, workflowVersion, fromDay, toDay }),
    [kind, workflowVersion, fromDay, toDay],
  );
  const behind = behindOf(search.get("behind") ?? "");
  const choose = (chosen: Chosen) =>
    setSearch(
      (known) => {
        const next = new URLSearchParams(known);
        if (chosen.kind) next.set("kind", chosen.kind);
        // Another kind has other versions and other states.
        if (chosen.kind) next.delete("version");
        if (chosen.workflowVersion !== undefined) {
          next.set("version", String(chosen.workflowVersion));
        }
        if (chosen.days) {
          next.set("from", chosen.days.fromDay);
          next.set("to", chosen.days.toDay);
        }
        next.delete("behind");
        if (chosen.behind) next.set("behind", textOf(chosen.behind));
        return next;
      },
      { replace: true },
    );
  return { query, behind, choose };
}
