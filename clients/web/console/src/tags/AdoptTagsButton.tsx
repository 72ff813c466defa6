import { useWork } from "../session/work";
import { AdoptButton } from "../shared/ui/AdoptButton";
import { useWords } from "../shared/words";
import { tagTopics } from "./queries";

// Takes over the tags and rules that ship; the rules come as drafts.
export function AdoptTagsButton() {
  const { t } = useWords();
  const { api } = useWork();
  return (
    <AdoptButton
      label={t("tag.adopt")}
      adopted={t("tag.adopted")}
      adopt={(requestId) => api.tagRules.adoptShippedRules({ requestId })}
      topics={[...tagTopics, "tag rules"]}
    />
  );
}
