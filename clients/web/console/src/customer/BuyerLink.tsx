import { useQuery } from "@tanstack/react-query";
import { Tooltip } from "antd";
import { Link } from "react-router";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { useWords } from "../shared/words";
import { customerQuery } from "./queries";

// The way to the buyer of a row. Lists know buyers by id alone, and none reads many of them at once:
// who it is is read when the link is pointed at.
export function BuyerLink({ customerId }: { customerId: string }) {
  const { t } = useWords();
  if (!customerId) return <span className="quiet">—</span>;
  return (
    <Tooltip trigger={["hover", "focus"]} title={<Nick customerId={customerId} />}>
      <Link to={`/customers/${customerId}`}>{t("customer.title")}</Link>
    </Tooltip>
  );
}

function Nick({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const read = useQuery({ ...customerQuery(useWork(), customerId), staleTime: 5 * 60_000 });
  if (read.data) return `${read.data.nick} · ${read.data.platform}`;
  return read.error ? refusalText(refusalOf(read.error), t) : t("common.loading");
}
