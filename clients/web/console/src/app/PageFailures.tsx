import { Button, Result } from "antd";
import { Link } from "react-router";
import { useWords } from "../shared/words";

// What the router shows when a page throws or its chunk cannot be loaded (after an upgrade the old
// chunks are gone: loading the page anew brings the new ones).
export function BrokenPage() {
  const { t } = useWords();
  return (
    <main className="centre">
      <Result
        status="error"
        title={t("app.broken")}
        extra={<Button onClick={() => location.reload()}>{t("app.reload")}</Button>}
      />
    </main>
  );
}

export function MissingPage({ hasSections }: { hasSections: boolean }) {
  const { t } = useWords();
  return (
    <Result
      status={hasSections ? "404" : "info"}
      title={t(hasSections ? "app.notFound" : "app.noSection")}
      extra={hasSections && <Link to="/">{t("app.home")}</Link>}
    />
  );
}
