import { App, Button } from "antd";
import { refusalOf, refusalText } from "../api/refusal";
import { useChanging } from "../api/useChanging";
import { useWords } from "../words";

interface Props {
  label: string;
  adopted: string;
  adopt: (requestId: string) => Promise<unknown>;
  /** What is read anew then. */
  topics: readonly string[];
}

// Takes over what ships with Redress; what the shop has already stays.
export function AdoptButton({ label, adopted, adopt, topics }: Props) {
  const { t } = useWords();
  const { message } = App.useApp();
  const adopting = useChanging(
    (_: "all", requestId) => adopt(requestId),
    [...topics],
    () => void message.success(adopted),
  );
  return (
    <Button
      loading={adopting.isPending}
      onClick={() =>
        adopting.mutate("all", {
          onError: (error) => void message.error(refusalText(refusalOf(error), t)),
        })
      }
    >
      {label}
    </Button>
  );
}
