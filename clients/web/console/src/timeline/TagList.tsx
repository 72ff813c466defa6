import type { PersonTag } from "@redress/contract/redress/customer/v1/timeline_service_pb";
import { Button, Popover } from "antd";
import { useState } from "react";
import { useMemberName } from "../case/queries";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { TagMark } from "../tags/TagChip";
import { useTags } from "../tags/queries";
import { useTagExplanation } from "./queries";

// The person's tags; each says why it is there.
export function TagList({ of, customerId }: { of: PersonTag[]; customerId: string }) {
  const { t } = useWords();
  const { can } = useWork();
  const mayAsk = can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR");
  if (of.length === 0) return <span className="quiet">{t("person.noTags")}</span>;
  return (
    <ul className="tag-list" aria-label={t("person.tags")}>
      {of.map((tag) => (
        <li key={tag.code}>
          {mayAsk ? <AskableTag of={tag} customerId={customerId} /> : <NamedTag of={tag} />}
        </li>
      ))}
    </ul>
  );
}

function NamedTag({ of }: { of: PersonTag }) {
  const { language } = useWords();
  const known = useTags(true).data?.find((one) => one.tagCode === of.code);
  // The person's record has the Chinese name only.
  return <TagMark of={known} code={(language === "zh" && of.name) || of.code} />;
}

function AskableTag({ of, customerId }: { of: PersonTag; customerId: string }) {
  const { t } = useWords();
  const [asks, setAsks] = useState(false);
  return (
    <Popover
      trigger="click"
      open={asks}
      onOpenChange={setAsks}
      title={t("person.whyTag")}
      content={<Why tagCode={of.code} customerId={customerId} asks={asks} />}
    >
      <Button type="text" size="small" className="tag-button" aria-expanded={asks}>
        <NamedTag of={of} />
      </Button>
    </Popover>
  );
}

interface WhyProps {
  tagCode: string;
  customerId: string;
  asks: boolean;
}

function Why({ tagCode, customerId, asks }: WhyProps) {
  const { t } = useWords();
  const memberName = useMemberName();
  const read = useTagExplanation(customerId, tagCode, asks);
  return (
    <div className="why">
      <Loaded of={read} rows={3}>
        {(why) => (
          <>
            <p>
              {why.accountId
                ? t("person.taggedBy", { name: memberName(why.accountId) })
                : t("person.taggedByRule", { version: why.ruleVersion })}{" "}
              <TimeText of={why.decideTime} />
            </p>
            {why.expireTime && (
              <p>
                {t("person.tagExpires")} <TimeText of={why.expireTime} />
              </p>
            )}
            {why.expression && <p className="hash">{why.expression}</p>}
            {why.reasons.length > 0 && (
              <dl className="reasons">
                {why.reasons.map((one) => (
                  <div key={one.fact}>
                    <dt>{one.fact}</dt>
                    <dd className="number">{one.value}</dd>
                  </div>
                ))}
              </dl>
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}
