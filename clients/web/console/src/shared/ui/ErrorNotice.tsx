import { Alert, Button } from "antd";
import { isReasonKnown, refusalOf, refusalText } from "../api/refusal";
import { useWords } from "../words";

interface Props {
  error: unknown;
  onRetry?: (() => void) | undefined;
}

// A failed read or write in words, with the way on.
export function ErrorNotice({ error, onRetry }: Props) {
  const { t } = useWords();
  const refusal = refusalOf(error);
  const own = !isReasonKnown(refusal, t) && refusal.message;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={refusalText(refusal, t)}
      description={own ? t("common.serverSaid", { message: refusal.message }) : undefined}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t("common.retry")}
          </Button>
        )
      }
    />
  );
}
