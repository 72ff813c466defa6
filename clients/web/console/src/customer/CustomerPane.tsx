import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { NoteForm } from "../notes/NoteForm";
import { useMayWriteNotes } from "../notes/queries";
import { More } from "../shared/ui/More";
import { Facts } from "../shared/ui/Facts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { EntryList } from "../timeline/Entries";
import { NoContactTag } from "../timeline/NoContactTag";
import { useTimeline, type PersonRead } from "../timeline/queries";
import { RfmView } from "../timeline/RfmView";
import { RiskTag } from "../timeline/RiskView";
import { TagList } from "../timeline/TagList";
import { ContactFacts } from "./ContactFacts";

const mostEntries = 10;

// Who a case or an order is of, in one call: what to know of them at a glance, and what happened
// lately.
export function CustomerPane({ customerId }: { customerId: string }) {
  const { t } = useWords();
  if (!customerId) return <Nothing what={t("customer.none")} />;
  return (
    <>
      <header className="pane-title">
        <h2 className="grow">{t("customer.title")}</h2>
        <Link to={`/customers/${customerId}`}>{t("person.open")}</Link>
      </header>
      <Person key={customerId} customerId={customerId} />
    </>
  );
}

function Person({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const read = useTimeline(customerId, [], mostEntries);
  return (
    <div className="scroll">
      <Loaded of={read} rows={8}>
        {(person) => (
          <>
            <Glance of={person} />
            <ContactFacts key={person.customer.customerId} of={person.customer} />
            <AddNote customerId={customerId} />
            <section className="pad" aria-label={t("person.recent")}>
              <h3>{t("person.recent")}</h3>
              <EntryList of={person.entries} />
              <More of={read} />
            </section>
          </>
        )}
      </Loaded>
    </div>
  );
}

function Glance({ of }: { of: PersonRead }) {
  const { t } = useWords();
  const { customer, figures } = of;
  return (
    <Facts
      of={[
        {
          label: t("customer.nick"),
          value: (
            <>
              <strong>{customer.nick}</strong> {of.noContact && <NoContactTag />}
            </>
          ),
        },
        { label: t("customer.platform"), value: customer.platform },
        of.risk && { label: t("person.risk"), value: <RiskTag of={of.risk} /> },
        { label: "RFM", value: <RfmView of={of.rfm} /> },
        figures && {
          label: t("person.orders"),
          value: t("person.paidOf", { paid: figures.paidOrders, all: figures.orders }),
        },
        figures && {
          label: t("person.cases"),
          value: t("person.openOf", { open: figures.openCases, all: figures.cases }),
        },
        {
          label: t("person.tags"),
          value: <TagList of={of.tags} customerId={customer.customerId} />,
          wide: true,
        },
      ]}
    />
  );
}

function AddNote({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  if (!useMayWriteNotes()) return null;
  return (
    <section className="pad" aria-label={t("note.title")}>
      {isOpen ? (
        <NoteForm
          customerId={customerId}
          autoFocus
          onDone={() => setIsOpen(false)}
          onCancel={() => setIsOpen(false)}
        />
      ) : (
        <Button size="small" onClick={() => setIsOpen(true)}>
          {t("note.add")}
        </Button>
      )}
    </section>
  );
}
