import { useWork } from "../session/work";
import { AdoptButton } from "../shared/ui/AdoptButton";
import { useWords } from "../shared/words";

// Takes over the care rules that ship, switched off.
export function AdoptCareButton() {
  const { t } = useWords();
  const { api } = useWork();
  return (
    <AdoptButton
      label={t("care.adopt")}
      adopted={t("care.adopted")}
      adopt={(requestId) => api.care.adoptShippedCareRules({ requestId })}
      topics={["care rules"]}
    />
  );
}
