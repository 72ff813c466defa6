import type { Segment } from "@redress/contract/redress/customer/v1/segment_service_pb";
import { useQuery } from "@tanstack/react-query";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { usePages } from "../shared/api/usePages";
import type { Say } from "../shared/words";

export const segmentTopics = ["segments"];

// Counted by themselves in the background: read again while one is being updated.
export function useSegments(withArchived: boolean) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "segments", withArchived],
    queryFn: async ({ signal }) =>
      (await api.segments.listSegments({ withArchived }, { signal })).segments,
    refetchInterval: refresh_ms,
  });
}

// One segment, counted as it is read.
export function useSegment(segmentCode: string) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "segments", "one", segmentCode],
    queryFn: async ({ signal }) => {
      const { segment } = await api.segments.getSegment({ segmentCode }, { signal });
      if (!segment) throw new Error("the answer has no segment");
      return segment;
    },
    refetchInterval: refresh_ms,
  });
}

export function useMembers(segmentCode: string) {
  const { api } = useWork();
  return usePages(
    ["segments", "members", segmentCode],
    (pageToken, signal) =>
      api.segments.listSegmentMembers({ segmentCode, pageToken, pageSize: 50 }, { signal }),
    (page) => page.members,
  );
}

export interface SegmentSettings {
  segmentCode: string;
  version: number;
  nameZh: string;
  nameEn: string;
  expression: string;
}

export function useSetSegment(onDone: () => void) {
  const { api } = useWork();
  return useChanging(
    (settings: SegmentSettings, requestId) => api.segments.setSegment({ ...settings, requestId }),
    segmentTopics,
    onDone,
  );
}

export function useArchiveSegment() {
  const { api } = useWork();
  return useChanging(
    (asked: { segmentCode: string; version: number; restore: boolean }, requestId) =>
      api.segments.archiveSegment({ ...asked, requestId }),
    segmentTopics,
  );
}

export function segmentName(of: Segment, { language }: Say): string {
  return language === "zh" ? of.nameZh : of.nameEn;
}
