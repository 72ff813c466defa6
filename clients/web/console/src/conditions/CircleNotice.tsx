import { ConnectError } from "@connectrpc/connect";
import { ErrorInfoSchema } from "@redress/contract/google/rpc/error_details_pb";
import { Alert } from "antd";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";

// The circle that the service found, e.g. tag("a"), tag("b"), tag("a"); empty for another refusal.
export function circleOf(error: unknown): string[] {
  const info = ConnectError.from(error).findDetails(ErrorInfoSchema)[0];
  return info?.metadata["circle"]?.split(" reads ") ?? [];
}

// A refused definition; of a circle between rules the circle.
export function DefinitionError({ error }: { error: unknown }) {
  const { t } = useWords();
  const circle = circleOf(error);
  if (circle.length === 0) return <ErrorNotice error={error} />;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t("tagRule.circle")}
      description={
        <>
          <code className="condition">{circle.join(" → ")}</code>
          <div>{t("tagRule.circleHint")}</div>
        </>
      }
    />
  );
}
