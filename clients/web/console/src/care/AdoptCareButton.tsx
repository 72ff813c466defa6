import { App, Button } from "antd";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { useChanging } from "../shared/api/useChanging";
import { useWords } from "../shared/words";

// Takes over the care rules that ship, switched off.
export function AdoptCareButton() {
  const { t } = useWords();
  const { api } = useWork();
  const { message } = App.useApp();
  const adopt = useChanging(
    (_: "all", requestId) => api.care.adoptShippedCareRules({ requestId }),
    ["care rules"],
    () => void message.success(t("care.adopted")),
  );
  return (
    <Button
      loading={adopt.isPending}
      onClick={() =>
        adopt.mutate("all", {
          onError: (error) => void message.error(refusalText(refusalOf(error), t)),
        })
      }
    >
      {t("care.adopt")}
    </Button>
  );
}
