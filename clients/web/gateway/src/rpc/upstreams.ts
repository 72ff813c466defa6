// The services behind the gateway: one gRPC connection each, over mTLS, made at the first call and
// again whenever it was lost.
import { createClient, type Transport } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { Health, HealthCheckResponse_ServingStatus } from "@redress/contract/health/v1/health_pb";

import type { Identity } from "../settings.ts";

export const MOST_MESSAGE_BYTES = 8 << 20;

export class Upstreams {
  readonly #transports: ReadonlyMap<string, Transport>;

  /** `addresses` are "host:port" by area. */
  constructor(addresses: ReadonlyMap<string, string>, identity: Identity) {
    this.#transports = new Map(
      [...addresses].map(([area, address]) => [area, transportTo(address, identity)]),
    );
  }

  get areas(): string[] {
    return [...this.#transports.keys()].sort();
  }

  /** Undefined when this deployment has no such service. */
  to(area: string): Transport | undefined {
    return this.#transports.get(area);
  }

  /** The areas whose service does not say within `timeoutMs` that it serves. */
  async unhealthy(timeoutMs: number): Promise<string[]> {
    const checked = await Promise.all(
      [...this.#transports].map(async ([area, transport]) => {
        try {
          const { status } = await createClient(Health, transport).check({}, { timeoutMs });
          return status === HealthCheckResponse_ServingStatus.SERVING ? undefined : area;
        } catch {
          return area;
        }
      }),
    );
    return checked.filter((area) => area !== undefined).sort();
  }
}

function transportTo(address: string, identity: Identity): Transport {
  return createGrpcTransport({
    baseUrl: `https://${address}`,
    nodeOptions: { ca: identity.ca, cert: identity.certificate, key: identity.key },
    // The services are next door; compressing for them costs more than it saves.
    acceptCompression: [],
    readMaxBytes: MOST_MESSAGE_BYTES,
    writeMaxBytes: MOST_MESSAGE_BYTES,
  });
}
