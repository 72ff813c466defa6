import type { Segment } from "@redress/contract/redress/customer/v1/segment_service_pb";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { formatTime } from "../shared/format/time";
import { useWords } from "../shared/words";
import { csvOf, download } from "./csv";

// What a browser holds easily; the command line has no bound.
const most = 50_000;

// Reads all pages of a segment's members and keeps them as a file.
export function ExportButton({ of }: { of: Segment }) {
  const { t, locale } = useWords();
  const { api, shop } = useWork();
  const { message } = App.useApp();
  const [count, setCount] = useState(0);
  const read = useMutation({
    mutationFn: async () => {
      const titles = ["customer_id", "platform", "nick", "joined"];
      const rows: string[][] = [];
      let pageToken = "";
      do {
        const page = await api.segments.listSegmentMembers({
          segmentCode: of.segmentCode,
          pageToken,
          pageSize: 200,
        });
        for (const one of page.members) {
          const joined = formatTime(one.joinTime, locale, shop.timeZone);
          rows.push([one.customerId, one.platform, one.nick, joined]);
        }
        setCount(rows.length);
        pageToken = page.nextPageToken;
      } while (pageToken && rows.length < most);
      download(`${of.segmentCode}.csv`, csvOf([titles, ...rows]));
      return { count: rows.length, isCut: pageToken !== "" };
    },
    onSuccess: ({ count: exported, isCut }) =>
      void (isCut
        ? message.warning(t("segment.exportMost", { count: exported }))
        : message.success(t("segment.exported", { count: exported }))),
    onError: (error) => void message.error(refusalText(refusalOf(error), t)),
  });
  return (
    <Button loading={read.isPending} onClick={() => read.mutate()}>
      {read.isPending ? t("segment.exporting", { count }) : t("segment.export")}
    </Button>
  );
}
