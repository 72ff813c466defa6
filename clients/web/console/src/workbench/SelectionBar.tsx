import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { Button, Checkbox } from "antd";
import { useState } from "react";
import { useWords } from "../shared/words";
import { BulkDialog, bulkActions, type BulkAction } from "./BulkDialog";
import type { Selection } from "./useSelection";

// What can be done with the cases that are ticked in the queue.
export function SelectionBar({ cases, selection }: { cases: Case[]; selection: Selection }) {
  const { t } = useWords();
  const [begun, setBegun] = useState<{ action: BulkAction; of: Case[] }>();
  const { chosen } = selection;
  const all = chosen.length > 0 && chosen.length === cases.length;
  return (
    <div className="selection-bar" role="group" aria-label={t("queue.selection")}>
      <Checkbox
        checked={all}
        indeterminate={chosen.length > 0 && !all}
        onChange={() => (all ? selection.clear() : selection.choose(cases))}
      >
        {chosen.length > 0 ? t("queue.chosen", { count: chosen.length }) : t("queue.chooseAll")}
      </Checkbox>
      {chosen.length > 0 && (
        <span className="selection-actions">
          {bulkActions.map((action) => (
            <Button
              key={action}
              size="small"
              data-action={action}
              onClick={() => setBegun({ action, of: chosen })}
            >
              {t(`bulk.${action}`)}
            </Button>
          ))}
        </span>
      )}
      {begun && (
        <BulkDialog
          action={begun.action}
          of={begun.of}
          onClose={() => {
            setBegun(undefined);
            selection.clear();
          }}
        />
      )}
    </div>
  );
}
