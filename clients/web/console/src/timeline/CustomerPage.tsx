import type { TimelineKind } from "@redress/contract/redress/customer/v1/timeline_service_pb";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { WishesPanel } from "../care/WishesPanel";
import { ConversationsPanel } from "../conversations/ConversationsPanel";
import { ContactFacts } from "../customer/ContactFacts";
import { NotesPanel } from "../notes/NotesPanel";
import { More } from "../shared/ui/More";
import { PersonalDataActs } from "../privacy/PersonalDataActs";
import { Facts } from "../shared/ui/Facts";
import { Loaded } from "../shared/ui/Loaded";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { EntryList, KindFilter } from "./Entries";
import { FigureFacts, MoneyTable } from "./FigureFacts";
import { Identities } from "./Identities";
import { MergeHistory } from "./MergeHistory";
import { NoContactTag } from "./NoContactTag";
import { useTimeline, type PersonRead } from "./queries";
import { RfmView } from "./RfmView";
import { RiskView } from "./RiskView";
import { useWork } from "../session/work";
import { CustomerTags } from "../tags/CustomerTags";
import { TagList } from "./TagList";

const pageSize = 50;

// A person at once: who they are, what they are worth, what to beware of, what happened.
export function Component() {
  const { customerId = "" } = useParams();
  return <CustomerPage key={customerId} customerId={customerId} />;
}

function CustomerPage({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const [kinds, setKinds] = useState<TimelineKind[]>([]);
  const read = useTimeline(customerId, kinds, pageSize);
  return (
    <Loaded of={read} rows={12}>
      {(person) => (
        <div className="person">
          <section className="pane" aria-label={t("person.profile")}>
            <Profile of={person} />
          </section>
          <section className="pane" aria-label={t("timeline.title")}>
            <header className="pane-title">
              <h2 className="grow">{t("timeline.title")}</h2>
              <KindFilter value={kinds} onChange={setKinds} />
            </header>
            <div className="scroll pad" aria-busy={read.isPlaceholderData}>
              <EntryList of={person.entries} />
              <More of={read} />
            </div>
          </section>
          <section className="pane person-side">
            <NotesPanel customerId={person.customer.customerId} />
            {!person.customer.eraseTime && (
              <WishesPanel
                key={person.customer.customerId}
                customerId={person.customer.customerId}
              />
            )}
            <Identities of={person.customer} />
            <ConversationsPanel of={[person.customer, ...person.mergedCustomers]} />
            <MergeHistory of={person} />
            {!person.customer.eraseTime && <PersonalDataActs of={person.customer} />}
          </section>
        </div>
      )}
    </Loaded>
  );
}

function Profile({ of }: { of: PersonRead }) {
  const { t } = useWords();
  const { can } = useWork();
  const mayTag = can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN");
  const { customer, figures } = of;
  return (
    <div className="scroll">
      <header className="pane-title">
        <h1 className="grow">{customer.nick}</h1>
        {of.noContact && <NoContactTag />}
        <Link to="/customers">{t("customers.list")}</Link>
      </header>
      {customer.eraseTime && (
        <p className="pad-side needs-person">
          {t("person.erased")} <TimeText of={customer.eraseTime} />
        </p>
      )}
      <Facts
        of={[
          { label: t("customer.platform"), value: customer.platform },
          { label: t("customer.since"), value: <TimeText of={customer.createTime} /> },
          of.mergedCustomers.length > 0 && {
            label: t("person.alsoKnown"),
            value: of.mergedCustomers.map((one) => one.nick).join(" · "),
            wide: true,
          },
          {
            label: t("person.tags"),
            value: mayTag ? (
              <CustomerTags customerId={customer.customerId} />
            ) : (
              <TagList of={of.tags} customerId={customer.customerId} />
            ),
            wide: true,
          },
          of.risk && {
            label: t("person.risk"),
            value: <RiskView of={of.risk} figures={figures} />,
            wide: true,
          },
          { label: "RFM", value: <RfmView of={of.rfm} />, wide: true },
        ]}
      />
      <ContactFacts key={customer.customerId} of={customer} />
      {figures && (
        <>
          <FigureFacts of={figures} />
          <MoneyTable of={figures} />
        </>
      )}
    </div>
  );
}
