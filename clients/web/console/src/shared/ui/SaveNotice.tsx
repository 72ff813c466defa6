import { Code } from "@connectrpc/connect";
import { Alert, Button } from "antd";
import { isRefusal } from "../api/refusal";
import { useWords } from "../words";
import { ErrorNotice } from "./ErrorNotice";

interface Props {
  error: Error | null;
  // Takes what is said now, which gives up what was entered.
  onLoad: () => void;
}

// A form that was not saved. Where a colleague was faster, the way out: their version is loaded.
export function SaveNotice({ error, onLoad }: Props) {
  const { t } = useWords();
  if (!error) return null;
  if (!isRefusal(error, Code.Aborted)) return <ErrorNotice error={error} />;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t("tag.changed")}
      action={
        <Button size="small" onClick={onLoad}>
          {t("tag.load")}
        </Button>
      }
    />
  );
}
