import { Code } from "@connectrpc/connect";
import { Alert, App, Button, Drawer, Radio } from "antd";
import { useState, type ReactNode } from "react";
import { Link } from "react-router";
import { useWork } from "../session/work";
import { isRefusal } from "../shared/api/refusal";
import { useChanging } from "../shared/api/useChanging";
import { ReasonForm } from "../shared/form/ReasonForm";
import { Loaded } from "../shared/ui/Loaded";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { TagList } from "../timeline/TagList";
import { mergeTopics, useTimeline, type PersonRead } from "../timeline/queries";
import type { Pair } from "./DuplicatesPage";

interface Props {
  of: Pair;
  onClose: () => void;
}

// Two customers side by side, and their merge.
export function CompareDrawer({ of: [one, other], onClose }: Props) {
  const { t } = useWords();
  const reads = [useTimeline(one.customerId, [], 1), useTimeline(other.customerId, [], 1)] as const;
  const [first, second] = [reads[0].data, reads[1].data];
  const both = {
    data: first && second ? ([first, second] as const) : undefined,
    error: reads[0].error ?? reads[1].error,
    refetch: () => Promise.all(reads.map((read) => read.refetch())),
  };
  return (
    <Drawer open title={t("duplicates.compare")} size={760} onClose={onClose}>
      <Loaded of={both} rows={8}>
        {(people) => (
          <>
            <Comparison of={people} />
            <MergeForm of={people} onDone={onClose} onRefresh={() => void both.refetch()} />
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

type People = readonly [PersonRead, PersonRead];

function Comparison({ of }: { of: People }) {
  const { t } = useWords();
  const rows: [string, (person: PersonRead) => ReactNode][] = [
    [
      t("customer.nick"),
      ({ customer }) => <Link to={`/customers/${customer.customerId}`}>{customer.nick}</Link>,
    ],
    [t("customer.platform"), ({ customer }) => customer.platform],
    [t("person.alsoKnown"), ({ mergedCustomers: others }) => nicks(others)],
    [t("customer.name"), ({ customer }) => customer.maskedContact?.name || "—"],
    [t("customer.phone"), ({ customer }) => customer.maskedContact?.phone || "—"],
    [t("customer.address"), ({ customer }) => customer.maskedContact?.address || "—"],
    [t("customer.since"), ({ customer }) => <TimeText of={customer.createTime} />],
    [
      t("person.orders"),
      ({ figures }) =>
        t("person.paidOf", { paid: figures?.paidOrders ?? 0, all: figures?.orders ?? 0 }),
    ],
    [t("person.lifetimeMinor"), Lifetime],
    [t("person.lastOrder"), ({ figures }) => <TimeText of={figures?.lastOrderTime} />],
    [t("person.cases"), ({ figures }) => figures?.cases ?? 0],
    [
      t("person.tags"),
      ({ tags, customer }) => <TagList of={tags} customerId={customer.customerId} />,
    ],
  ];
  return (
    <table className="comparison">
      <tbody>
        {rows.map(([label, show]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{show(of[0])}</td>
            <td>{show(of[1])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function nicks(of: { nick: string }[]): string {
  return of.map((one) => one.nick).join(" · ") || "—";
}

function Lifetime({ figures }: PersonRead) {
  const money = figures?.money ?? [];
  if (money.length === 0) return "—";
  return money.map((one) => (
    <div key={one.currencyCode}>
      <MoneyText of={{ currencyCode: one.currencyCode, minorUnits: one.lifetimeMinor }} />
    </div>
  ));
}

interface MergeProps {
  of: People;
  onDone: () => void;
  onRefresh: () => void;
}

interface Asked {
  customerId: string;
  etag: string;
  intoCustomerId: string;
  intoEtag: string;
  reason: string;
}

function MergeForm({ of: [one, other], onDone, onRefresh }: MergeProps) {
  const { t } = useWords();
  const { api } = useWork();
  const { message } = App.useApp();
  const [head, setHead] = useState(one.customer.customerId);
  const [into, joins] = head === one.customer.customerId ? [one, other] : [other, one];
  const merge = useChanging(
    (asked: Asked, requestId) => api.persons.mergeCustomers({ requestId, ...asked }),
    mergeTopics,
    () => {
      void message.success(t("merge.done"));
      onDone();
    },
  );
  if (one.customer.customerId === other.customer.customerId) {
    return <Alert type="info" showIcon title={t("refusal.ALREADY_ONE_PERSON")} />;
  }
  return (
    <>
      <ReasonForm
        label={t("merge.reason")}
        hint={t("merge.hint")}
        submitText={t("merge.submit")}
        isBusy={merge.isPending}
        error={merge.error}
        onSubmit={(reason) =>
          merge.mutate({
            customerId: joins.customer.customerId,
            etag: joins.customer.etag,
            intoCustomerId: into.customer.customerId,
            intoEtag: into.customer.etag,
            reason,
          })
        }
      >
        <p>
          {t("merge.keep")}{" "}
          <Radio.Group
            aria-label={t("merge.keep")}
            value={head}
            onChange={(event) => setHead(event.target.value as string)}
            options={[one, other].map(({ customer }) => ({
              value: customer.customerId,
              label: customer.nick,
            }))}
          />
        </p>
      </ReasonForm>
      {merge.error && isRefusal(merge.error, Code.Aborted) && (
        <Button size="small" onClick={onRefresh}>
          {t("common.refresh")}
        </Button>
      )}
    </>
  );
}
