import type { PlatformRating } from "@redress/contract/redress/aftersales/v1/platform_service_pb";
import { Table, type TableColumnsType } from "antd";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords, type Say } from "../shared/words";
import { sharedColumnsIn } from "./columns";
import { More } from "../shared/ui/More";
import { useRatings } from "./queries";

// The platform's ratings and the review cases that follow them.
export function RatingList({ differing }: { differing: boolean }) {
  const words = useWords();
  const { t } = words;
  const read = useRatings(differing);
  return (
    <>
      <Loaded of={read} rows={8}>
        {(ratings) =>
          ratings.length === 0 ? (
            <Nothing
              what={t(differing ? "rating.noneDiffer" : "rating.empty")}
              hint={t("rating.emptyHint")}
            />
          ) : (
            <Table
              rowKey="reviewId"
              size="small"
              columns={ratingColumnsIn(words)}
              dataSource={ratings}
              pagination={false}
            />
          )
        }
      </Loaded>
      <More of={read} />
    </>
  );
}

function ratingColumnsIn(words: Say): TableColumnsType<PlatformRating> {
  const { t, name } = words;
  const none = (one: PlatformRating) =>
    one.rating === "good" ? t("rating.none") : t("common.none");
  return [
    { title: t("rating.id"), dataIndex: "reviewId", className: "number" },
    { title: t("rating.now"), render: (_, one) => name("platformRating", one.rating || "UNKNOWN") },
    ...sharedColumnsIn<PlatformRating>(words, t("rating.case"), none),
  ];
}
