import { App, Switch, Tooltip } from "antd";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { useWords } from "../shared/words";
import { useAgents, useShift } from "./queries";

// In the header: whether the one who is signed in is on shift, and is given cases.
export function ShiftSwitch() {
  const { t } = useWords();
  const { session, can } = useWork();
  const { message } = App.useApp();
  const works = can("ROLE_AGENT", "ROLE_SUPERVISOR");
  const agents = useAgents(works);
  const shift = useShift();
  const isOn =
    agents.data?.some((one) => one.accountId === session.accountId && one.onShift) ?? false;
  const set = (onShift: boolean) =>
    shift.mutate(
      { onShift },
      { onError: (error) => void message.error(refusalText(refusalOf(error), t)) },
    );
  useShortcuts({ "g b": () => works && agents.data && set(!isOn) });
  if (!works) return null;
  return (
    <Tooltip title={`${t(isOn ? "team.shiftOnHint" : "team.shiftOffHint")} (g b)`}>
      <Switch
        size="small"
        aria-label={t("team.myShift")}
        checked={isOn}
        disabled={!agents.data}
        loading={shift.isPending}
        checkedChildren={t("team.onShift")}
        unCheckedChildren={t("team.offShift")}
        onChange={set}
      />
    </Tooltip>
  );
}
