import { Code } from "@connectrpc/connect";
import { useEffect, useRef, useState } from "react";
import { isRefusal, isSessionOver } from "./refusal";

export type Liveness = "connecting" | "live" | "lost";

interface StreamOptions {
  signal: AbortSignal;
  // Streams stay open: the call's default time-out does not hold for them.
  timeoutMs: number;
  onHeader: () => void;
}

const longestPause_ms = 15_000;
// A service that has nothing to tell yet does not even send headers: a call that nobody has refused
// for this long is taken for open.
const unrefused_ms = 2000;

// A pause before attempt n (from 0): doubles from half a second, with jitter so that many consoles
// do not come back at the same moment.
export function pauseBefore(attempt: number, random: number): number {
  const most = Math.min(longestPause_ms, 500 * 2 ** attempt);
  return most / 2 + (most / 2) * random;
}

// Whether opening the stream again would only be refused again.
export function isHopeless(error: unknown): boolean {
  return isRefusal(error, Code.PermissionDenied) || isSessionOver(error);
}

// Keeps a server stream open, reconnects with backoff, and says whether what is shown is live.
// A new `key` opens a new stream.
export function useStream<T>(
  key: string,
  open: (options: StreamOptions) => AsyncIterable<T>,
  onMessage: (message: T) => void,
): Liveness {
  const [known, setKnown] = useState<{ key: string; liveness: Liveness }>();
  const latest = useRef({ open, onMessage });
  useEffect(() => {
    latest.current = { open, onMessage };
  });
  useEffect(() => {
    const stop = new AbortController();
    void listen(stop.signal, latest, (liveness) => setKnown({ key, liveness }));
    return () => stop.abort();
  }, [key]);
  return known?.key === key ? known.liveness : "connecting";
}

async function listen<T>(
  signal: AbortSignal,
  latest: {
    current: {
      open: (options: StreamOptions) => AsyncIterable<T>;
      onMessage: (message: T) => void;
    };
  },
  tell: (liveness: Liveness) => void,
): Promise<void> {
  let attempt = 0;
  const isOver = () => signal.aborted;
  const arrived = () => {
    if (isOver()) return;
    attempt = 0;
    tell("live");
  };
  while (!isOver()) {
    const open = setTimeout(arrived, unrefused_ms);
    const offline = untilOffline(signal);
    try {
      const stream = latest.current.open({
        signal: offline.signal,
        timeoutMs: 0,
        onHeader: arrived,
      });
      for await (const message of stream) {
        arrived();
        latest.current.onMessage(message);
      }
    } catch (error) {
      if (isOver()) return;
      if (isHopeless(error)) {
        tell("lost");
        return;
      }
    } finally {
      clearTimeout(open);
      offline.abort();
    }
    if (isOver()) return;
    tell("lost");
    await pause(pauseBefore(attempt++, Math.random()), signal);
  }
}

// Ends with the network: a connection that was cut from it stays silent for minutes before it fails.
function untilOffline(signal: AbortSignal): AbortController {
  const cut = new AbortController();
  const abort = () => cut.abort();
  const { signal: done } = cut;
  addEventListener("offline", abort, { signal: done });
  signal.addEventListener("abort", abort, { signal: done });
  return cut;
}

function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    addEventListener("online", done, { once: true });
    signal.addEventListener("abort", done, { once: true });
  });
}
