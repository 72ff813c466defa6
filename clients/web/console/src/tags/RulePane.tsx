import {
  TagRuleState,
  type TagRule,
} from "@redress/contract/redress/customer/v1/tag_rule_service_pb";
import { Button } from "antd";
import { useState } from "react";
import { useMemberName } from "../case/queries";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Facts } from "../shared/ui/Facts";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { useRuleVersions, useSwitchRule } from "./ruleQueries";
import { RuleTrial } from "./RuleTrial";
import { TagRuleForm } from "./TagRuleForm";
import { RuleStateTag } from "./TagRulesPage";

// One rule on its way: written, tried on history, switched on.
export function RulePane({ of }: { of: TagRule }) {
  const { t } = useWords();
  const { can } = useWork();
  const memberName = useMemberName();
  const [isEditing, setIsEditing] = useState(false);
  const mayEdit = can("ROLE_SUPERVISOR", "ROLE_ADMIN");
  return (
    <div className="rule-pane">
      <Facts
        of={[
          { label: t("tagRule.state"), value: <RuleStateTag of={of.state} /> },
          { label: t("tagRule.version"), value: of.version },
          { label: t("tagRule.inForce"), value: of.onVersion || "—" },
          { label: t("tagRule.author"), value: memberName(of.authorId) },
          { label: t("tagRule.written"), value: <TimeText of={of.writeTime} /> },
        ]}
      />
      {isEditing ? (
        <TagRuleForm of={of} onDone={() => setIsEditing(false)} />
      ) : (
        <>
          <code className="condition">{of.expression}</code>
          {mayEdit && (
            <div className="form-buttons">
              <Button onClick={() => setIsEditing(true)}>{t("tagRule.edit")}</Button>
              <Switching of={of} />
            </div>
          )}
          {mayEdit && <RuleTrial key={of.version} of={of} />}
        </>
      )}
      <h3>{t("tagRule.versions")}</h3>
      <Versions of={of} />
    </div>
  );
}

function Switching({ of }: { of: TagRule }) {
  const { t } = useWords();
  const change = useSwitchRule(() => undefined);
  const { tagCode, version, state } = of;
  const isOn = state === TagRuleState.ON;
  // A rule that was switched off has been tried, and is switched on again as it was.
  const mayOn = state === TagRuleState.TRIED || state === TagRuleState.OFF;
  return (
    <>
      {!isOn && (
        <Button
          type="primary"
          disabled={!mayOn}
          title={mayOn ? undefined : t("tagRule.tryFirst")}
          loading={change.isPending}
          onClick={() => change.mutate({ tagCode, version, on: true })}
        >
          {t("tagRule.on")}
        </Button>
      )}
      {of.onVersion > 0 && (
        <Button
          danger
          loading={change.isPending}
          onClick={() => change.mutate({ tagCode, version, on: false })}
        >
          {t("tagRule.off")}
        </Button>
      )}
      {!isOn && !mayOn && <span className="quiet">{t("tagRule.tryFirst")}</span>}
      {change.error && <ErrorNotice error={change.error} />}
    </>
  );
}

function Versions({ of }: { of: TagRule }) {
  const { t } = useWords();
  const memberName = useMemberName();
  const read = useRuleVersions(of.tagCode);
  return (
    <>
      <Loaded of={read}>
        {(versions) =>
          versions.length === 0 ? (
            <Nothing what={t("tagRule.noVersions")} />
          ) : (
            <ol className="mini-list">
              {versions.map((one) => (
                <li key={one.version}>
                  <div className="queue-line">
                    <b>{one.version}</b>
                    <span className="quiet">{memberName(one.authorId)}</span>
                    <span className="grow" />
                    <TimeText of={one.writeTime} />
                  </div>
                  <code className="condition">{one.expression}</code>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
      <More of={read} />
    </>
  );
}
