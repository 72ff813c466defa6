import type { Liveness } from "../api/useStream";
import { useWords } from "../words";

// Whether what is shown follows the services by itself.
export function LiveMark({ liveness }: { liveness: Liveness }) {
  const { t } = useWords();
  const words = {
    live: t("figures.live"),
    connecting: t("figures.connecting"),
    lost: t("figures.lost"),
  };
  return (
    <span className={`live-mark ${liveness}`} role="status" data-liveness={liveness}>
      {words[liveness]}
    </span>
  );
}
