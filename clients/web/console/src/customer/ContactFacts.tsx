import type { Contact, Customer } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useRef, useState } from "react";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Facts } from "../shared/ui/Facts";
import { useWords } from "../shared/words";

// Contact data, masked; in clear after a recorded reveal, until hidden again or the case is left.
export function ContactFacts({ of }: { of: Customer }) {
  const { t } = useWords();
  const { can } = useWork();
  const [clear, setClear] = useState<Contact>();
  const [asks, setAsks] = useState(false);
  const shown = clear ?? of.maskedContact;
  const hasContact = [shown?.name, shown?.phone, shown?.address].some(Boolean);
  const mayReveal = can("ROLE_AGENT", "ROLE_SUPERVISOR");
  return (
    <section className="contact">
      {hasContact ? (
        <Facts
          of={[
            { label: t("customer.name"), value: shown?.name || "—" },
            {
              label: t("customer.phone"),
              value: <span className="number">{shown?.phone || "—"}</span>,
            },
            { label: t("customer.address"), value: shown?.address || "—", wide: true },
          ]}
        />
      ) : (
        <p className="quiet pad-side">{t("customer.noContact")}</p>
      )}
      {clear && (
        <p className="quiet pad-side" role="status">
          {t("customer.revealed")}{" "}
          <Button type="link" size="small" onClick={() => setClear(undefined)}>
            {t("customer.hide")}
          </Button>
        </p>
      )}
      {hasContact && mayReveal && !clear && !asks && (
        <Button size="small" className="reveal" onClick={() => setAsks(true)}>
          {t("customer.reveal")}
        </Button>
      )}
      {asks && (
        <RevealForm
          customerId={of.customerId}
          onRevealed={(contact) => {
            setClear(contact);
            setAsks(false);
          }}
          onCancel={() => setAsks(false)}
        />
      )}
    </section>
  );
}

interface RevealProps {
  customerId: string;
  onRevealed: (contact: Contact | undefined) => void;
  onCancel: () => void;
}

const trimmed = (entered: string | undefined) => (entered ?? "").trim();

function RevealForm({ customerId, onRevealed, onCancel }: RevealProps) {
  const { t } = useWords();
  const { api } = useWork();
  const requestId = useRef(newRequestId());
  const reveal = useMutation({
    mutationFn: (reason: string) =>
      api.customers.revealContact({ requestId: requestId.current, customerId, reason }),
    onSuccess: (answer) => onRevealed(answer.contact),
  });
  const label = t("customer.revealReason");
  return (
    <Form<{ reason: string }>
      layout="vertical"
      className="reveal"
      requiredMark={false}
      onFinish={({ reason }) => reveal.mutate(reason.trim())}
    >
      <Form.Item
        name="reason"
        label={label}
        extra={t("customer.revealHint")}
        validateFirst
        rules={[
          { required: true, whitespace: true, message: t("form.required", { field: label }) },
          { min: 2, transform: trimmed, message: t("form.tooShort", { count: 2 }) },
          { max: 200, message: t("form.tooLong", { count: 200 }) },
        ]}
      >
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      {reveal.error && <ErrorNotice error={reveal.error} />}
      <div className="form-buttons">
        <Button type="primary" size="small" htmlType="submit" loading={reveal.isPending}>
          {t("customer.reveal")}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
      </div>
    </Form>
  );
}
