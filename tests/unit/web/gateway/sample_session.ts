import type { Session } from "../../../../clients/web/gateway/src/session/session.ts";

export const sampleSession: Session = {
  id: "session-1",
  csrfToken: "csrf-token-1",
  accessToken: "access-0",
  accessExpiresMs: 600_000,
  refreshToken: "refresh-0",
  refreshExpiresMs: 1_209_600_000,
};
