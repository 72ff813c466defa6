import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";

const mentionsRefresh_ms = 30_000;
const mostUnread = 50;

export function useMayReadNotes(): boolean {
  return useWork().can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR");
}

export function useMayWriteNotes(): boolean {
  return useWork().can("ROLE_AGENT", "ROLE_SUPERVISOR");
}

// The customer's notes: pinned ones first, then newest first.
export function useNotes(customerId: string) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "notes", customerId],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.notes.listNotes({ customerId, pageSize: 20, pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.notes),
  });
}

export function useNoteVersions(noteId: string) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "notes", "versions", noteId],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.notes.listNoteVersions({ noteId, pageSize: 20, pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.versions),
    placeholderData: keepPreviousData,
  });
}

// The unread notes that mention the caller, the newest 50.
export function useUnreadMentions() {
  const { api, shop } = useWork();
  const mayRead = useMayReadNotes();
  return useQuery({
    queryKey: [shop.shopId, "mentions"],
    queryFn: async ({ signal }) =>
      (await api.notes.listMentions({ unread: true, pageSize: mostUnread }, { signal })).mentions,
    enabled: mayRead,
    refetchInterval: mentionsRefresh_ms,
  });
}
