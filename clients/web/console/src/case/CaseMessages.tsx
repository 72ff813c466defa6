import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { ChannelKind } from "@redress/contract/redress/desk/v1/message_service_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Select, Space } from "antd";
import { useState } from "react";
import { MessageStateTag, MessageText } from "../messages/MessageValues";
import { useMessagesOfCase, usePhrases, useRequestId } from "../messages/queries";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";

// What the buyer was told about this case; an agent can send a phrase from here.
export function CaseMessages({ of }: { of: Case }) {
  const { t, name } = useWords();
  const { can } = useWork();
  const messages = useMessagesOfCase(of.caseId);
  return (
    <div className="case-messages">
      {can("ROLE_AGENT", "ROLE_SUPERVISOR") && <PhraseSender of={of} />}
      <Loaded of={messages} rows={3}>
        {(read) =>
          read.length === 0 ? (
            <Nothing what={t("messages.ofCaseEmpty")} />
          ) : (
            <ul className="mini-list">
              {read.map((one) => (
                <li key={one.messageId}>
                  <div className="queue-line">
                    <span>
                      {one.ruleCode ? name("notificationRule", one.ruleCode) : t("messages.byHand")}
                    </span>
                    <MessageStateTag of={one} />
                    <TimeText of={one.updateTime} />
                  </div>
                  <MessageText of={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}

function PhraseSender({ of }: { of: Case }) {
  const { t } = useWords();
  const { api, shop } = useWork();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const phrases = usePhrases();
  const requestId = useRequestId();
  const [sent, setSent] = useState(0);
  const [phraseId, setPhraseId] = useState<string | null>(null);
  const send = useMutation({
    mutationFn: (chosen: string) => {
      const request = { caseId: of.caseId, phraseId: chosen, channel: ChannelKind.MANUAL };
      return api.messages.sendPhrase({ ...request, requestId: requestId([request, sent]) });
    },
    onSuccess: () => {
      setPhraseId(null);
      setSent(sent + 1);
      void message.success(t("messages.sent"));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [shop.shopId, "messages"] }),
  });
  return (
    <>
      <Space.Compact className="phrase-sender">
        <Select
          aria-label={t("messages.choosePhrase")}
          placeholder={t("messages.choosePhrase")}
          loading={phrases.isPending}
          showSearch={{ optionFilterProp: "label" }}
          value={phraseId}
          onChange={setPhraseId}
          options={(phrases.data ?? []).map((one) => ({ value: one.phraseId, label: one.name }))}
        />
        <Button
          disabled={phraseId === null}
          loading={send.isPending}
          onClick={() => phraseId !== null && send.mutate(phraseId)}
        >
          {t("messages.send")}
        </Button>
      </Space.Compact>
      {send.error && <ErrorNotice error={send.error} />}
    </>
  );
}
