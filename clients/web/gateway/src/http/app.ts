// The HTTP server itself: HTTPS with h2 and http/1.1 on one port.
import type { Http2SecureServer, Http2ServerRequest, Http2ServerResponse } from "node:http2";

import fastify, { type FastifyInstance } from "fastify";

export type App = FastifyInstance<Http2SecureServer, Http2ServerRequest, Http2ServerResponse>;

// A log-in is the largest body that is read outside of RPCs, which have a limit of their own.
const MOST_BODY_BYTES = 16 << 10;
const MOST_STREAMS_PER_CONNECTION = 250;
const IDLE_CONNECTION_MS = 120_000;

export function createApp(served: { readonly certificate: string; readonly key: string }): App {
  return fastify({
    http2: true,
    https: {
      allowHTTP1: true,
      cert: served.certificate,
      key: served.key,
      minVersion: "TLSv1.2",
      settings: { maxConcurrentStreams: MOST_STREAMS_PER_CONNECTION },
    },
    http2SessionTimeout: IDLE_CONNECTION_MS,
    bodyLimit: MOST_BODY_BYTES,
    // Each call writes one line of its own, without address and query.
    logger: false,
    // `/a//b` and `/A` are other addresses than `/a/b`: what is refused cannot be spelled otherwise.
    routerOptions: { caseSensitive: true, ignoreDuplicateSlashes: false },
  });
}
