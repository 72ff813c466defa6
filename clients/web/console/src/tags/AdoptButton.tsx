import { App, Button } from "antd";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { useChanging } from "../shared/api/useChanging";
import { useWords } from "../shared/words";
import { tagTopics } from "./queries";

// Takes over the tags and rules that ship; the rules come as drafts.
export function AdoptButton() {
  const { t } = useWords();
  const { api } = useWork();
  const { message } = App.useApp();
  const adopt = useChanging(
    (_: "all", requestId) => api.tagRules.adoptShippedRules({ requestId }),
    [...tagTopics, "tag rules"],
    () => void message.success(t("tag.adopted")),
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
      {t("tag.adopt")}
    </Button>
  );
}
