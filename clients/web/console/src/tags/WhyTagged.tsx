import {
  TagOrigin,
  type RuleReason,
  type Tag,
} from "@redress/contract/redress/customer/v1/tag_service_pb";
import { Button } from "antd";
import { useMemberName } from "../case/queries";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Facts } from "../shared/ui/Facts";
import { Loaded } from "../shared/ui/Loaded";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { tagMeaning, useExplanation, useTagAct } from "./queries";

interface Props {
  customerId: string;
  tagCode: string;
  tag: Tag | undefined;
  onDone: () => void;
}

// Why the customer has the tag, and what a person may decide about it.
export function WhyTagged({ customerId, tagCode, tag, onDone }: Props) {
  const words = useWords();
  const { t } = words;
  const memberName = useMemberName();
  const read = useExplanation(customerId, tagCode);
  const meaning = tagMeaning(tag, words);
  return (
    <div className="why-tagged">
      {meaning && <p>{meaning}</p>}
      <Loaded of={read}>
        {(why) => (
          <>
            <Facts
              of={[
                {
                  label: t("tag.decidedBy"),
                  value:
                    why.origin === TagOrigin.HAND
                      ? memberName(why.accountId)
                      : t("tag.byRuleVersion", { version: why.ruleVersion }),
                },
                why.decideTime && {
                  label: t("tag.since"),
                  value: <TimeText of={why.decideTime} />,
                },
                why.expireTime && {
                  label: t("tag.until"),
                  value: <TimeText of={why.expireTime} />,
                },
                why.nextChangeTime && {
                  label: t("tag.mayChange"),
                  value: <TimeText of={why.nextChangeTime} />,
                },
              ]}
            />
            {why.expression && <code className="condition">{why.expression}</code>}
            <Reasons of={why.reasons} />
            <Decisions
              customerId={customerId}
              tagCode={tagCode}
              byHand={why.origin === TagOrigin.HAND}
              hasRule={why.ruleVersion > 0}
              onDone={onDone}
            />
          </>
        )}
      </Loaded>
    </div>
  );
}

export function Reasons({ of }: { of: RuleReason[] }) {
  if (of.length === 0) return null;
  return (
    <ul className="reason-list">
      {of.map((reason) => (
        <li key={reason.fact}>
          <code>{reason.fact}</code> = {reason.value}
        </li>
      ))}
    </ul>
  );
}

interface DecisionProps {
  customerId: string;
  tagCode: string;
  byHand: boolean;
  hasRule: boolean;
  onDone: () => void;
}

function Decisions({ customerId, tagCode, byHand, hasRule, onDone }: DecisionProps) {
  const { t } = useWords();
  const { can } = useWork();
  const act = useTagAct(customerId, onDone);
  if (!can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN")) return null;
  return (
    <>
      {act.error && <ErrorNotice error={act.error} />}
      <div className="form-buttons">
        <Button
          size="small"
          danger
          loading={act.isPending}
          onClick={() => act.mutate({ tagCode, act: "deny" })}
        >
          {t("tag.remove")}
        </Button>
        {byHand && hasRule && (
          <Button
            size="small"
            loading={act.isPending}
            onClick={() => act.mutate({ tagCode, act: "handBack" })}
          >
            {t("tag.letRuleDecide")}
          </Button>
        )}
      </div>
    </>
  );
}
