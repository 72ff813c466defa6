import type { Merge } from "@redress/contract/redress/customer/v1/person_service_pb";
import type { Customer } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useMemberName } from "../case/queries";
import { customerQuery } from "../customer/queries";
import { More } from "../shared/ui/More";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { ReasonForm } from "../shared/form/ReasonForm";
import { Loaded } from "../shared/ui/Loaded";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { mergeTopics, useMerges, type PersonRead } from "./queries";

// Which customers were found to be this person, and the way back.
export function MergeHistory({ of }: { of: PersonRead }) {
  const { can } = useWork();
  if (!can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR")) return null;
  return <History of={of} />;
}

function History({ of }: { of: PersonRead }) {
  const { t } = useWords();
  const read = useMerges(of.customer.customerId);
  const known = [of.customer, ...of.mergedCustomers];
  return (
    <section aria-label={t("merge.history")}>
      <h2>{t("merge.history")}</h2>
      <Loaded of={read} rows={2}>
        {(merges) =>
          merges.length === 0 ? (
            <p className="quiet">{t("merge.none")}</p>
          ) : (
            <ul className="mini-list">
              {merges.map((merge) => (
                <MergeRow
                  key={merge.mergeId}
                  of={merge}
                  known={known}
                  merged={of.mergedCustomers.find((one) => one.customerId === merge.customerId)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <More of={read} />
    </section>
  );
}

interface RowProps {
  of: Merge;
  known: Customer[];
  // The customer as they are now, where the merge stands.
  merged: Customer | undefined;
}

function MergeRow({ of, known, merged }: RowProps) {
  const { t } = useWords();
  const memberName = useMemberName();
  const nick = useNick(of.customerId, known);
  const into = useNick(of.intoCustomerId, known);
  return (
    <li>
      <div>{t("merge.into", { nick, into })}</div>
      <div className="quiet">
        {memberName(of.mergerId)} <TimeText of={of.mergeTime} /> {of.reason}
      </div>
      {of.unmergeTime && (
        <div className="quiet">
          {t("merge.undone")} {memberName(of.unmergerId)} <TimeText of={of.unmergeTime} />{" "}
          {of.unmergeReason}
        </div>
      )}
      {!of.unmergeTime && merged && <Unmerge of={merged} />}
    </li>
  );
}

// Once a merge is undone, the other one is a person of their own.
function useNick(customerId: string, known: Customer[]): string {
  const here = known.find((one) => one.customerId === customerId)?.nick;
  const read = useQuery({ ...customerQuery(useWork(), customerId), enabled: here === undefined });
  return here ?? read.data?.nick ?? `…${customerId.slice(-8)}`;
}

function Unmerge({ of }: { of: Customer }) {
  const { t } = useWords();
  const { api, can } = useWork();
  const [asks, setAsks] = useState(false);
  const unmerge = useChanging(
    (asked: { customerId: string; etag: string; reason: string }, requestId) =>
      api.persons.unmergeCustomer({ requestId, ...asked }),
    mergeTopics,
    () => setAsks(false),
  );
  if (!can("ROLE_SUPERVISOR", "ROLE_ADMIN")) return null;
  if (!asks) {
    return (
      <Button size="small" onClick={() => setAsks(true)}>
        {t("merge.undo")}
      </Button>
    );
  }
  return (
    <ReasonForm
      label={t("merge.undoReason")}
      submitText={t("merge.undo")}
      isBusy={unmerge.isPending}
      error={unmerge.error}
      onSubmit={(reason) => unmerge.mutate({ customerId: of.customerId, etag: of.etag, reason })}
      onCancel={() => setAsks(false)}
    />
  );
}
