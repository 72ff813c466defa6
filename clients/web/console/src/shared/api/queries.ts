import { Code, ConnectError } from "@connectrpc/connect";
import { QueryClient } from "@tanstack/react-query";

const passing = new Set([Code.Unavailable, Code.DeadlineExceeded, Code.Unknown]);

// Reads are tried again only where trying again can help; writes never by themselves.
function worthRetry(failures: number, error: Error): boolean {
  return failures < 2 && passing.has(ConnectError.from(error).code);
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: worthRetry,
        retryDelay: (attempt) => 400 * 2 ** attempt,
        staleTime: 2_000,
        // A browser may think itself offline beside a gateway that it reaches: it always tries.
        networkMode: "always",
        refetchOnReconnect: true,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
