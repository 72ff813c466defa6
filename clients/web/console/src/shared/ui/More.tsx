import { Button } from "antd";
import { useWords } from "../words";

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

// Reads the next page of a list that has one.
export function More({ of }: { of: Pages }) {
  const { t } = useWords();
  if (!of.hasNextPage) return null;
  return (
    <div className="more">
      <Button loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        {t("common.loadMore")}
      </Button>
    </div>
  );
}
