import type { CareWishes } from "@redress/contract/redress/customer/v1/care_service_pb";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { useWords } from "../shared/words";
import { useWishes } from "./queries";
import { WishesForm } from "./WishesForm";

// What a customer told of themselves, and where a member writes it down.
export function WishesPanel({ customerId }: { customerId: string }) {
  const { can } = useWork();
  if (!can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN")) return null;
  return <Wishes customerId={customerId} />;
}

function Wishes({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const [isChanging, setIsChanging] = useState(false);
  const read = useWishes(customerId);
  return (
    <section aria-label={t("care.wishes")}>
      <h2>{t("care.wishes")}</h2>
      {isChanging ? (
        <WishesForm customerId={customerId} onDone={() => setIsChanging(false)} />
      ) : (
        <Loaded of={read} rows={1}>
          {(wishes) => (
            <>
              <WishesText of={wishes} />
              <Button size="small" onClick={() => setIsChanging(true)}>
                {t("care.changeWishes")}
              </Button>
            </>
          )}
        </Loaded>
      )}
    </section>
  );
}

function WishesText({ of }: { of: CareWishes }) {
  const { t } = useWords();
  return (
    <p>
      {t("care.birthday")}: <span className="number">{of.birthday || "—"}</span>{" "}
      {of.noContact && (
        <Tag color="red" variant="filled">
          {t("care.noContact")}
        </Tag>
      )}
    </p>
  );
}
