import { Tag } from "antd";
import { useWords } from "../shared/words";

// To be seen before anybody turns to the person.
export function NoContactTag() {
  const { t } = useWords();
  return (
    <Tag color="red" variant="filled">
      {t("person.noContact")}
    </Tag>
  );
}
