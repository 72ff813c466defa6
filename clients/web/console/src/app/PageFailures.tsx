import { Button, Result } from "antd";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { useIsOnline } from "../shared/ui/useIsOnline";
import { useWords } from "../shared/words";

// What the router shows when a page throws or its chunk cannot be loaded (after an upgrade the old
// chunks are gone: loading the page anew brings the new ones). What failed for want of a network is
// loaded when it is back.
export function BrokenPage() {
  const { t } = useWords();
  const isOnline = useIsOnline();
  const wasOffline = useRef(!isOnline);
  useEffect(() => {
    if (isOnline && wasOffline.current) location.reload();
  }, [isOnline]);
  return (
    <main className="centre">
      <Result
        status={isOnline ? "error" : "warning"}
        title={t(isOnline ? "app.broken" : "app.offlinePage")}
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
