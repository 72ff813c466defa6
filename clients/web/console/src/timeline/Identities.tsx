import type { Customer } from "@redress/contract/redress/customer/v1/customer_service_pb";
import type { Identity, Person } from "@redress/contract/redress/customer/v1/person_service_pb";
import { App, Button, Form, Input, Popconfirm, Select } from "antd";
import { useState } from "react";
import {
  identityKinds,
  useLinkIdentity,
  usePerson,
  useUnlinkIdentity,
  type IdentityName,
} from "../customers/identities";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { useWords } from "../shared/words";

// What the person is called besides the nick, and who may add to it or take from it.
export function Identities({ of }: { of: Customer }) {
  const { t } = useWords();
  const { can } = useWork();
  const read = usePerson(of.customerId);
  const mayChange = can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN") && !of.eraseTime;
  return (
    <section aria-label={t("identity.title")}>
      <h2>{t("identity.title")}</h2>
      <Loaded of={read} rows={2}>
        {(person) => <IdentityList of={person} mayChange={mayChange} />}
      </Loaded>
      {mayChange && <Linking of={of} />}
    </section>
  );
}

function IdentityList({ of, mayChange }: { of: Person; mayChange: boolean }) {
  const { t } = useWords();
  if (of.identities.length === 0) return <p className="quiet">{t("identity.none")}</p>;
  return (
    <ul className="mini-list">
      {of.identities.map((one) => (
        <li key={`${one.kind} ${one.platform} ${one.name}`} className="identity">
          <span className="grow">
            <span className="quiet">
              {t(`identityKind.${one.kind}`, { defaultValue: one.kind })} · {one.platform}
            </span>
            <br />
            <code>{one.name}</code>
          </span>
          {mayChange && <Unlink of={one} person={of} />}
        </li>
      ))}
    </ul>
  );
}

function Unlink({ of, person }: { of: Identity; person: Person }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const unlink = useUnlinkIdentity(person);
  const { kind, platform, name } = of;
  return (
    <Popconfirm
      title={t("identity.unlinkAsk", { name })}
      description={t("identity.unlinkHint")}
      okText={t("identity.unlink")}
      onConfirm={() =>
        unlink.mutate(
          { kind, platform, name },
          { onError: (error) => void message.error(refusalText(refusalOf(error), t)) },
        )
      }
    >
      <Button size="small" loading={unlink.isPending} aria-label={t("identity.unlinkOf", { name })}>
        {t("identity.unlink")}
      </Button>
    </Popconfirm>
  );
}

function Linking({ of }: { of: Customer }) {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  if (!isOpen) {
    return (
      <Button size="small" onClick={() => setIsOpen(true)}>
        {t("identity.link")}
      </Button>
    );
  }
  return <LinkForm of={of} onDone={() => setIsOpen(false)} />;
}

function LinkForm({ of, onDone }: { of: Customer; onDone: () => void }) {
  const { t } = useWords();
  const link = useLinkIdentity(of.customerId, onDone);
  const needed = { required: true, whitespace: true, message: t("webhook.missing") };
  return (
    <Form<IdentityName>
      layout="vertical"
      className="action-form"
      requiredMark={false}
      initialValues={{ kind: "open_id", platform: of.platform }}
      onFinish={(entered) => link.mutate({ ...entered, name: entered.name.trim() })}
      onKeyDown={(event) => event.key === "Escape" && onDone()}
    >
      {link.error && <ErrorNotice error={link.error} />}
      <Form.Item name="kind" label={t("identity.kind")}>
        <Select
          options={identityKinds.map((kind) => ({ value: kind, label: t(`identityKind.${kind}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="platform"
        label={t("identity.platform")}
        rules={[needed, { pattern: /^[a-z0-9_]+$/, message: t("identity.platformForm") }]}
      >
        <Input autoComplete="off" maxLength={32} />
      </Form.Item>
      <Form.Item name="name" label={t("identity.name")} rules={[needed]}>
        <Input autoFocus autoComplete="off" maxLength={128} />
      </Form.Item>
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" loading={link.isPending}>
          {t("identity.link")}
        </Button>
        <Button onClick={onDone}>{t("common.cancel")}</Button>
      </div>
    </Form>
  );
}
