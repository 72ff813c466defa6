import {
  TagResult,
  type Tag,
  type TaggedCustomer,
} from "@redress/contract/redress/customer/v1/tag_service_pb";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { usePages } from "../shared/api/usePages";
import { refresh_ms } from "../case/queries";
import { tagTopics, type TagAct } from "./queries";

export const bulkActs: TagAct[] = ["set", "deny", "handBack"];

interface BulkTagging {
  act: TagAct;
  tagCode: string;
  customerIds: string[];
}

// The tags that an act can be about: one by hand needs a tag that people may add.
export function tagsFor(act: TagAct, tags: Tag[]): Tag[] {
  return tags.filter((tag) => !tag.archived && (act !== "set" || tag.byHand));
}

// One decision about one tag for many customers; each is answered by itself.
export function useBulkTagging() {
  const { api } = useWork();
  return useChanging(
    async ({ act, ...asked }: BulkTagging, requestId): Promise<TaggedCustomer[]> => {
      const request = { requestId, ...asked };
      const options = { timeoutMs: 60_000 };
      if (act === "set") return (await api.tags.tagCustomers(request, options)).results;
      const letRuleDecide = act === "handBack";
      return (await api.tags.untagCustomers({ ...request, letRuleDecide }, options)).results;
    },
    [...tagTopics, "tagged", "segments"],
  );
}

// Who failed comes first: that needs somebody's look.
export function failuresFirst(results: TaggedCustomer[]): TaggedCustomer[] {
  return [...results].sort((a, b) => Number(isDone(a)) - Number(isDone(b)));
}

export function isDone({ result }: TaggedCustomer): boolean {
  return result === TagResult.CHANGED || result === TagResult.UNCHANGED;
}

// The people who have a tag. What was decided reaches the list in the background.
export function useTagged(tagCode: string) {
  const { api } = useWork();
  return usePages(
    ["tagged", tagCode],
    (pageToken, signal) =>
      api.tags.listTaggedCustomers({ tagCode, pageToken, pageSize: 50 }, { signal }),
    (page) => page.people,
    { refetchInterval: refresh_ms },
  );
}
