import type { Customer } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { ReasonForm } from "../shared/form/ReasonForm";
import { useWords } from "../shared/words";
import { readExport, saveFile } from "./exported";

type Act = "export" | "erase";

// What an admin does when a person asks for their data, or for its end.
export function PersonalDataActs({ of }: { of: Customer }) {
  const { t } = useWords();
  const { can } = useWork();
  const [act, setAct] = useState<Act>();
  if (!can("ROLE_ADMIN")) return null;
  const close = () => setAct(undefined);
  return (
    <section aria-label={t("privacy.title")}>
      <h2>{t("privacy.title")}</h2>
      {act === undefined && (
        <div className="form-buttons">
          <Button size="small" onClick={() => setAct("export")}>
            {t("privacy.export")}
          </Button>
          <Button size="small" danger onClick={() => setAct("erase")}>
            {t("privacy.erase")}
          </Button>
        </div>
      )}
      {act === "export" && <ExportForm of={of} onClose={close} />}
      {act === "erase" && <EraseForm of={of} onClose={close} />}
    </section>
  );
}

interface Props {
  of: Customer;
  onClose: () => void;
}

function ExportForm({ of, onClose }: Props) {
  const { t } = useWords();
  const { api } = useWork();
  const { message } = App.useApp();
  const { customerId } = of;
  const read = useChanging(
    (asked: { customerId: string; reason: string }, requestId) => readExport(api, asked, requestId),
    ["reveals"],
    (exported) => {
      saveFile(`customer-${customerId}.json`, exported);
      void message.success(t("privacy.exported", { count: exported.records.length }));
      onClose();
    },
  );
  return (
    <ReasonForm
      label={t("privacy.exportReason")}
      hint={t("privacy.exportHint")}
      submitText={t("privacy.export")}
      isBusy={read.isPending}
      error={read.error}
      onSubmit={(reason) => read.mutate({ customerId, reason })}
      onCancel={onClose}
    />
  );
}

function EraseForm({ of, onClose }: Props) {
  const { t } = useWords();
  const { api } = useWork();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const { customerId } = of;
  const erase = useChanging(
    (asked: { customerId: string; reason: string }, requestId) =>
      api.privacy.eraseCustomer({ requestId, ...asked }),
    ["erasures", "timeline", "customers", "customer", "notes"],
    () => void navigate("/privacy/erasures"),
  );
  return (
    <ReasonForm
      label={t("privacy.eraseReason")}
      hint={t("privacy.eraseReasonHint")}
      submitText={t("privacy.erase")}
      isDangerous
      isBlocked={typed.trim() !== of.nick.trim()}
      isBusy={erase.isPending}
      error={erase.error}
      onSubmit={(reason) => erase.mutate({ customerId, reason })}
      onCancel={onClose}
    >
      <p>{t("privacy.eraseHint")}</p>
      <Form.Item label={t("privacy.typeNick", { nick: of.nick })}>
        <Input
          autoFocus
          autoComplete="off"
          value={typed}
          aria-label={t("privacy.typeNick", { nick: of.nick })}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Form.Item>
    </ReasonForm>
  );
}
