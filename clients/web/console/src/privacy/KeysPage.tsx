import type { KeyStatus } from "@redress/contract/redress/privacy/v1/key_service_pb";
import { Button, Popconfirm, Progress, Tag } from "antd";
import { useWork } from "../session/work";
import { at, keepers } from "../shared/api/api";
import { useChanging } from "../shared/api/useChanging";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { PrivacyTabs } from "./PrivacyTabs";
import { useKeyStatuses } from "./queries";

// What the shop's personal data is sealed under, service by service.
export function Component() {
  const { t, name } = useWords();
  const statuses = useKeyStatuses();
  return (
    <div className="page">
      <PrivacyTabs />
      <header className="page-title">
        <h1>{t("privacy.keys")}</h1>
      </header>
      <p className="quiet">{t("privacy.keysHint")}</p>
      <Rotate />
      <table className="comparison" aria-label={t("privacy.keys")}>
        <thead>
          <tr>
            {["service", "generation", "rotation", "began", "ended", "masterKey"].map((column) => (
              <th key={column} scope="col">
                {t(`privacy.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {statuses.map(({ service, read }) => (
            <tr key={service}>
              <th scope="row">{name("service", service)}</th>
              {read.data ? (
                <StatusCells of={read.data} />
              ) : (
                <td colSpan={5}>
                  <Loaded of={read} rows={1}>
                    {() => t("privacy.noKeys")}
                  </Loaded>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StatusCells({ of }: { of: KeyStatus }) {
  const { t } = useWords();
  const isUnderWay = of.startTime && !of.endTime;
  const total = Number(of.subjectCount);
  const percent = total === 0 ? 100 : Math.floor((Number(of.rewrappedCount) / total) * 100);
  return (
    <>
      <td className="number">
        {of.oldestGeneration === of.generation
          ? of.generation
          : `${of.oldestGeneration}–${of.generation}`}
      </td>
      <td>
        {isUnderWay ? (
          <Progress size="small" percent={percent} />
        ) : (
          t(of.startTime ? "privacy.rotated" : "privacy.neverRotated")
        )}
      </td>
      <td>
        <TimeText of={of.startTime} />
      </td>
      <td>
        <TimeText of={of.endTime} />
      </td>
      <td>
        <Tag color={of.masterKeyCurrent ? "green" : "gold"}>
          {t(of.masterKeyCurrent ? "privacy.current" : "privacy.older")}
        </Tag>
      </td>
    </>
  );
}

// In one service after the other; a repeat goes on where one could not be reached.
function Rotate() {
  const { t } = useWords();
  const { api } = useWork();
  const rotate = useChanging(
    async (onlyMasterKey: boolean, requestId) => {
      for (const service of keepers) {
        await api.keys.rotateKeys({ requestId, onlyMasterKey }, at(service));
      }
    },
    ["keys"],
  );
  return (
    <div className="run-actions">
      <Popconfirm
        title={t("privacy.rotateAsk")}
        description={t("privacy.rotateHint")}
        okText={t("privacy.rotate")}
        cancelText={t("common.cancel")}
        onConfirm={() => rotate.mutate(false)}
      >
        <Button loading={rotate.isPending}>{t("privacy.rotate")}</Button>
      </Popconfirm>
      <Button loading={rotate.isPending} onClick={() => rotate.mutate(true)}>
        {t("privacy.rewrap")}
      </Button>
      {rotate.error && <ErrorNotice error={rotate.error} />}
    </div>
  );
}
