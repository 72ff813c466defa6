/** What a request says about where it comes from. */
export interface RequestOrigin {
  /** host:port that the request was sent to. */
  readonly host: string | undefined;
  readonly origin: string | null | undefined;
  /** Sec-Fetch-Site. */
  readonly fetchSite: string | null | undefined;
}

/**
 * Whether a page of another site sent this. Browsers always tell; other programs need not. The
 * scheme is not compared: the port tells a plain from an encrypted address, and a proxy may stand
 * in front.
 */
export function isForeign({ host, origin, fetchSite }: RequestOrigin): boolean {
  // "none": the person typed the address or opened a bookmark.
  if (fetchSite && fetchSite !== "same-origin" && fetchSite !== "none") return true;
  if (!origin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase();
}
