import {
  TagActionSchema,
  TagOrigin,
  type TagChange,
} from "@redress/contract/redress/customer/v1/tag_service_pb";
import { Button } from "antd";
import { useMemberName } from "../case/queries";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { useTagAct, useTagChanges } from "./queries";
import { TagChip } from "./TagChip";
import { Reasons } from "./WhyTagged";

// Who or what gave and took the customer's tags. What was taken by hand can be handed back to the
// rule from here: a customer's tags no longer show it.
export function TagHistory({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const changes = useTagChanges(customerId);
  return (
    <>
      <Loaded of={changes}>
        {(read) =>
          read.length === 0 ? (
            <Nothing what={t("tag.noHistory")} />
          ) : (
            <ol className="mini-list">
              {read.map((change, at) => (
                <Change key={at} of={change} customerId={customerId} />
              ))}
            </ol>
          )
        }
      </Loaded>
      <More of={changes} />
    </>
  );
}

function Change({ of, customerId }: { of: TagChange; customerId: string }) {
  const { t, name } = useWords();
  const { can } = useWork();
  const memberName = useMemberName();
  const act = useTagAct(customerId);
  const isHand = of.origin === TagOrigin.HAND;
  const action = enumName(TagActionSchema, of.action);
  const mayHandBack =
    isHand && action === "TAG_ACTION_REMOVED" && can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN");
  return (
    <li>
      <div className="queue-line">
        <TagChip code={of.tagCode} />
        <span>{name("tagAction", action)}</span>
        <span className="quiet">
          {isHand ? memberName(of.accountId) : t("tag.byRuleVersion", { version: of.ruleVersion })}
        </span>
        <span className="grow" />
        <TimeText of={of.changeTime} />
      </div>
      <Reasons of={of.reasons} />
      {mayHandBack && (
        <Button
          size="small"
          type="link"
          loading={act.isPending}
          onClick={() => act.mutate({ tagCode: of.tagCode, act: "handBack" })}
        >
          {t("tag.letRuleDecide")}
        </Button>
      )}
      {act.error && (
        <span className="needs-person" role="alert">
          {refusalText(refusalOf(act.error), t)}
        </span>
      )}
    </li>
  );
}
