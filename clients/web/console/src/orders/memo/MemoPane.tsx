import type { Memo, MemoStage } from "@redress/contract/redress/order/v1/memo_service_pb";
import { Button } from "antd";
import { useState } from "react";
import { useMemberName } from "../../case/queries";
import { useWork } from "../../session/work";
import { useShortcuts } from "../../shared/keyboard/useShortcuts";
import { Loaded } from "../../shared/ui/Loaded";
import { More } from "../../shared/ui/More";
import { Nothing } from "../../shared/ui/Nothing";
import { TimeText } from "../../shared/ui/Values";
import { useWords } from "../../shared/words";
import { Flag } from "./Flag";
import { MemoForm } from "./MemoForm";
import { useMemoOf, useMemoVersions } from "./queries";

interface Props {
  orderId: string;
  // What a memo that is not in the format yet is written as.
  stage: MemoStage;
}

// The shop's note on the order: read, written in the shared format, and what it said before.
export function MemoPane({ orderId, stage }: Props) {
  const { t } = useWords();
  const { can } = useWork();
  const read = useMemoOf(orderId);
  const [isWriting, setIsWriting] = useState(false);
  const [isTelling, setIsTelling] = useState(false);
  const mayWrite = can("ROLE_AGENT", "ROLE_SUPERVISOR");
  useShortcuts({ m: () => mayWrite && setIsWriting(true) });
  return (
    <section aria-label={t("memo.title")}>
      <Loaded of={read}>
        {(memo) =>
          isWriting ? (
            <MemoForm
              orderId={orderId}
              of={memo}
              stage={stage}
              onClose={() => setIsWriting(false)}
            />
          ) : (
            <MemoText of={memo} />
          )
        }
      </Loaded>
      <div className="form-buttons">
        {mayWrite && !isWriting && (
          <Button size="small" aria-keyshortcuts="m" onClick={() => setIsWriting(true)}>
            {t("memo.write")} <kbd>m</kbd>
          </Button>
        )}
        <Button size="small" type="text" onClick={() => setIsTelling(!isTelling)}>
          {t(isTelling ? "memo.hideHistory" : "memo.history")}
        </Button>
      </div>
      {isTelling && <MemoHistory orderId={orderId} />}
    </section>
  );
}

function MemoText({ of }: { of: Memo }) {
  const { t } = useWords();
  const memberName = useMemberName();
  if (of.erased) return <span className="quiet">{t("parcel.erased")}</span>;
  if (!of.text) return <p className="quiet">{t("memo.none")}</p>;
  return (
    <div className="memo">
      <div className="queue-line">
        <Flag of={of.flag} />
        <span className="quiet">
          {of.accountId ? memberName(of.accountId) : t("memo.platform")}{" "}
          {of.writeTime && <TimeText of={of.writeTime} />}
          {!of.formatted && ` · ${t("memo.otherFormat")}`}
        </span>
      </div>
      <div className="words">{of.text}</div>
    </div>
  );
}

function MemoHistory({ orderId }: { orderId: string }) {
  const { t } = useWords();
  const read = useMemoVersions(orderId);
  return (
    <>
      <Loaded of={read}>
        {(versions) =>
          versions.length === 0 ? (
            <Nothing what={t("memo.none")} />
          ) : (
            <ol className="mini-list">
              {versions.map((one, at) => (
                <li key={at}>
                  <MemoText of={one} />
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
