import { FlagFilled } from "@ant-design/icons";
import { useWords } from "../../shared/words";

export const flagColours = ["#8c95a1", "#cf1322", "#d48806", "#389e0d", "#1554ad", "#722ed1"];

// The memo's flag as the platform shows it, with its name for who does not see colours.
export function Flag({ of }: { of: number }) {
  const { name } = useWords();
  return (
    <span className="flag">
      <FlagFilled aria-hidden="true" style={{ color: flagColours[of] ?? flagColours[0] }} />{" "}
      {name("memoFlag", String(of))}
    </span>
  );
}
