import { Button } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { useWords } from "../shared/words";
import { BulkTagDialog, type TagDecision } from "./BulkTagDialog";
import { mostChosen, type Person, type Selection } from "./selection";

interface Props {
  selection: Selection;
  // Whether the list stands in a drawer, where the page's keys do not reach.
  inDrawer?: boolean;
  // What is usually decided in this list.
  usual?: TagDecision;
}

export function useMayTag(): boolean {
  return useWork().can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN");
}

// What can be done with the people who are ticked in a list.
export function BulkTagBar({ selection, inDrawer = false, usual = { act: "set" } }: Props) {
  const { t } = useWords();
  const [begun, setBegun] = useState<Person[]>();
  const { chosen } = selection;
  const begin = () => {
    if (chosen.length > 0 && !begun) setBegun(chosen);
  };
  useShortcuts({ t: begin }, inDrawer);
  return (
    <div className="bulk-bar" role="group" aria-label={t("bulkTag.selection")}>
      <span>
        {chosen.length > 0 ? t("bulkTag.chosen", { count: chosen.length }) : t("bulkTag.choose")}
        {chosen.length === mostChosen && <span className="quiet"> {t("bulkTag.most")}</span>}
      </span>
      <Button size="small" disabled={chosen.length === 0} onClick={begin} aria-keyshortcuts="t">
        {t("bulkTag.begin")} <kbd>t</kbd>
      </Button>
      {chosen.length > 0 && (
        <Button size="small" type="text" onClick={selection.clear}>
          {t("bulkTag.clear")}
        </Button>
      )}
      {begun && (
        <BulkTagDialog
          of={begun}
          usual={usual}
          onClose={(isDone) => {
            setBegun(undefined);
            if (isDone) selection.clear();
          }}
        />
      )}
    </div>
  );
}
