import type {
  TagRule,
  TryTagRuleResponse,
} from "@redress/contract/redress/customer/v1/tag_rule_service_pb";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef } from "react";
import { Link } from "react-router";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { useProgress } from "../shared/api/useProgress";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Facts } from "../shared/ui/Facts";
import { useWords } from "../shared/words";

// Tries a version on all customers and shows how far it is.
function useTrial({ tagCode, version }: TagRule) {
  const { api, shop } = useWork();
  const queries = useQueryClient();
  const requestId = useRef(newRequestId());
  return useProgress<TryTagRuleResponse>(
    async function* (signal) {
      const asked = { tagCode, version, requestId: requestId.current };
      yield* api.tagRules.tryTagRule(asked, { signal, timeoutMs: 0 });
      requestId.current = newRequestId();
    },
    () => void queries.invalidateQueries({ queryKey: [shop.shopId, "tag rules"] }),
  );
}

// Who would gain and who would lose the tag, before the rule is switched on.
export function RuleTrial({ of }: { of: TagRule }) {
  const { t } = useWords();
  const { progress, error, isRunning, start, stop } = useTrial(of);
  return (
    <section aria-label={t("tagRule.try")} className="rule-trial">
      <div className="form-buttons">
        <Button loading={isRunning} onClick={() => void start()}>
          {t("tagRule.try")}
        </Button>
        {isRunning && <Button onClick={stop}>{t("tagRule.stopTrying")}</Button>}
      </div>
      {error !== undefined && <ErrorNotice error={error} onRetry={() => void start()} />}
      {progress && (
        <>
          <div role="status">
            {t(progress.done ? "tagRule.tried" : "tagRule.trying", {
              count: Number(progress.scanned),
            })}
          </div>
          <Facts
            of={[
              { label: t("tagRule.gains"), value: String(progress.gains) },
              { label: t("tagRule.losses"), value: String(progress.losses) },
              { label: t("tagRule.matches"), value: String(progress.matches) },
            ]}
          />
          <People title={t("tagRule.gaining")} of={progress.gainingCustomerIds} />
          <People title={t("tagRule.losing")} of={progress.losingCustomerIds} />
        </>
      )}
    </section>
  );
}

export function People({ title, of }: { title: string; of: string[] }) {
  if (of.length === 0) return null;
  return (
    <div>
      <div className="quiet">{title}</div>
      <div className="people">
        {of.map((id) => (
          <CustomerLink key={id} customerId={id} />
        ))}
      </div>
    </div>
  );
}

export function CustomerLink({ customerId }: { customerId: string }) {
  return (
    <Link className="number" to={`/customers/${customerId}`}>
      …{customerId.slice(-8)}
    </Link>
  );
}
