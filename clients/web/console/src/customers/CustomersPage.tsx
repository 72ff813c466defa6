import { Input } from "antd";
import { useLocation, useNavigate } from "react-router";
import { More } from "../shared/ui/More";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { CustomerTable } from "./CustomerTable";
import { CustomerTabs } from "./CustomerTabs";
import { useRecentCustomers, wordsOf } from "./queries";
import { SearchResults } from "./SearchResults";

// Everything that was found for some words; without words, who came last.
export function Component() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { words?: unknown } | null };
  const words = typeof state?.words === "string" ? state.words : "";
  return (
    <div className="page">
      <CustomerTabs />
      <header className="page-title">
        <h1>{t("customers.title")}</h1>
        <Input.Search
          key={words}
          className="wide-input"
          aria-label={t("search.words")}
          placeholder={t("search.placeholder")}
          defaultValue={words}
          maxLength={100}
          allowClear
          autoComplete="off"
          onSearch={(typed) =>
            void navigate("/customers", { state: { words: wordsOf(typed) }, replace: true })
          }
        />
      </header>
      {words ? <SearchResults words={words} /> : <Recent />}
    </div>
  );
}

function Recent() {
  const { t } = useWords();
  const read = useRecentCustomers();
  return (
    <section aria-labelledby="recent-title">
      <h2 id="recent-title">{t("customers.recent")}</h2>
      <Loaded of={read} rows={12}>
        {(customers) =>
          customers.length === 0 ? (
            <Nothing what={t("customers.empty")} hint={t("customers.emptyHint")} />
          ) : (
            <CustomerTable of={customers.map((customer) => ({ customer }))} />
          )
        }
      </Loaded>
      <More of={read} />
    </section>
  );
}
