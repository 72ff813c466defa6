import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  NotReturnableReason,
  NotReturnableReasonSchema,
} from "@redress/contract/redress/aftersales/v1/category_service_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Select, Tag } from "antd";
import { useRef } from "react";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { isLost } from "../shared/api/refusal";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { caseQuery, type CaseKey } from "./queries";
import { useCaseChanged } from "./useCaseChanged";

interface Props {
  of: Case;
  caseKey: CaseKey;
}

const reasons = NotReturnableReasonSchema.values.filter((value) => value.number !== 0);

// Whether a refund's goods cannot be returned, and saying so: a supervisor has to approve then, and
// only a supervisor takes the mark back.
export function NotReturnableMark({ of, caseKey }: Props) {
  const { t, name } = useWords();
  const { can } = useWork();
  const mark = useMark(of, caseKey);
  const isSupervisor = can("ROLE_SUPERVISOR");
  const mayMark = !of.final && can("ROLE_AGENT", "ROLE_SUPERVISOR");
  if (of.kind !== "refund" || (!of.notReturnable && !mayMark)) return null;
  return (
    <section className="linked-cases compensations" aria-label={t("notReturnable.title")}>
      <div className="queue-line">
        <h3>{t("notReturnable.title")}</h3>
        {of.notReturnable && (
          <Tag color="orange" variant="filled">
            {name("notReturnableReason", of.notReturnable)}
          </Tag>
        )}
        {mayMark && !of.notReturnable && (
          <Select
            size="small"
            aria-label={t("notReturnable.mark")}
            placeholder={t("notReturnable.mark")}
            popupMatchSelectWidth={false}
            value={null}
            loading={mark.isPending}
            onChange={(reason: NotReturnableReason | null) => {
              if (reason !== null) mark.mutate(reason);
            }}
            options={reasons.map((value) => ({
              value: value.number,
              label: name("enumValue", value.name),
            }))}
          />
        )}
        {mayMark && isSupervisor && of.notReturnable && (
          <Button
            size="small"
            loading={mark.isPending}
            onClick={() => mark.mutate(NotReturnableReason.UNSPECIFIED)}
          >
            {t("notReturnable.takeBack")}
          </Button>
        )}
        {of.notReturnable && <span className="quiet">{t("notReturnable.hint")}</span>}
      </div>
      {mark.error && <ErrorNotice error={mark.error} />}
    </section>
  );
}

function useMark(of: Case, caseKey: CaseKey) {
  const work = useWork();
  const queries = useQueryClient();
  const changed = useCaseChanged(caseKey);
  const requestId = useRef(newRequestId());
  return useMutation({
    mutationFn: (reason: NotReturnableReason) =>
      work.api.categories.markNotReturnable({
        requestId: requestId.current,
        caseId: of.caseId,
        version: of.version,
        reason,
      }),
    onSuccess: (answer) => {
      requestId.current = newRequestId();
      changed(answer.case);
    },
    onError: (error) => {
      if (!isLost(error)) requestId.current = newRequestId();
      void queries.invalidateQueries({ queryKey: caseQuery(work, caseKey).queryKey });
    },
  });
}
