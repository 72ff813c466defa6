import { Button, Result } from "antd";
import { useWords } from "../shared/words";

export function NoShopNotice({ onLeave }: { onLeave: () => void }) {
  const { t } = useWords();
  return (
    <main className="centre">
      <Result
        status="info"
        title={t("app.noSection")}
        extra={<Button onClick={onLeave}>{t("app.logOut")}</Button>}
      />
    </main>
  );
}
