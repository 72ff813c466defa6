// Serves every method of the contract that is for outsiders, in every protocol that Connect speaks,
// by passing it on to its service. There is no code per method: a method added to the protos
// tomorrow is served without a change here.
import type {
  DescMethod,
  DescMethodServerStreaming,
  DescMethodUnary,
  Message,
  Registry,
} from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  createConnectRouter,
  type ConnectRouter,
  type HandlerContext,
  type MethodImpl,
  type Transport,
} from "@connectrpc/connect";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";

import { refusal } from "../refusal.ts";
import type { Admission } from "./admission.ts";
import { callKey, type Call } from "./call.ts";
import type { Callers } from "./callers.ts";
import type { ServedMethod } from "./methods.ts";
import { passHeaders, relayed } from "./relay.ts";
import { MOST_MESSAGE_BYTES, type Upstreams } from "./upstreams.ts";

export interface ForwarderParts {
  readonly registry: Registry;
  readonly upstreams: Upstreams;
  readonly callers: Callers;
  readonly admission: Admission;
  /** Aborted when the process has begun to stop. */
  readonly stopping: AbortSignal;
  /** The deadline of unary calls that name none. */
  readonly unaryTimeoutMs: number;
}

export class Forwarder {
  readonly #parts: ForwarderParts;
  readonly #served: ReadonlyMap<object, ServedMethod>;
  readonly router: ConnectRouter;

  constructor(served: readonly ServedMethod[], parts: ForwarderParts) {
    this.#parts = parts;
    this.#served = new Map(served.map((one) => [one.method, one]));
    this.router = createConnectRouter({
      acceptCompression: [compressionGzip, compressionBrotli],
      readMaxBytes: MOST_MESSAGE_BYTES,
      writeMaxBytes: MOST_MESSAGE_BYTES,
      jsonOptions: { registry: parts.registry },
      // Before the body is read: whoever is refused has not cost more than a header.
      requestGate: (context) => this.#gate(context),
    });
    for (const one of served) {
      const { method } = one;
      if (isUnary(method)) this.router.rpc(method, this.#unary(method, one));
      else if (isServerStreaming(method)) {
        this.router.rpc(method, this.#streaming(method, one));
      } else {
        throw new Error(`${method.toString()} streams from the client; no such method is served`);
      }
    }
  }

  async #gate(context: HandlerContext): Promise<void> {
    const call = callOf(context);
    const { admission, callers, stopping } = this.#parts;
    try {
      if (stopping.aborted) throw refusal("STOPPING", call.language);
      const streams = context.method.methodKind !== "unary";
      call.hold(
        streams ? admission.enterStream(call.language) : admission.enterCall(call.language),
      );
      const served = this.#served.get(context.method);
      if (served === undefined) throw new Error(`${context.method.toString()} is not served`);
      const caller = await callers.identify(call, served, context);
      if (streams) call.hold(admission.claimStream(caller, call.language));
    } catch (error) {
      throw this.#ended(call, error, "identity");
    }
  }

  #unary(method: DescMethodUnary, served: ServedMethod): MethodImpl<DescMethodUnary> {
    const { unaryTimeoutMs } = this.#parts;
    return async (request, context) => {
      const call = callOf(context);
      const area = serviceOf(served, call);
      try {
        const response = await this.#to(area, call).unary(
          method,
          context.signal,
          context.timeoutMs() ?? unaryTimeoutMs,
          call.upstreamHeader,
          request,
        );
        passHeaders(response.header, context.responseHeader);
        passHeaders(response.trailer, context.responseTrailer);
        call.outcome = "ok";
        return response.message;
      } catch (error) {
        throw this.#ended(call, error, area);
      }
    };
  }

  #streaming(
    method: DescMethodServerStreaming,
    served: ServedMethod,
  ): MethodImpl<DescMethodServerStreaming> {
    // Methods of this class are used inside the generator, which has no arrow form.
    const [to, ended, stopping] = [
      this.#to.bind(this),
      this.#ended.bind(this),
      this.#parts.stopping,
    ];
    return async function* (request, context) {
      const call = callOf(context);
      const area = serviceOf(served, call);
      try {
        const response = await to(area, call).stream(
          method,
          AbortSignal.any([context.signal, stopping]),
          context.timeoutMs(),
          call.upstreamHeader,
          onlyOne(request),
        );
        passHeaders(response.header, context.responseHeader);
        for await (const message of response.message) yield message;
        passHeaders(response.trailer, context.responseTrailer);
        call.outcome = "ok";
      } catch (error) {
        throw ended(call, stopping.aborted ? refusal("STOPPING", call.language) : error, area);
      }
    };
  }

  #to(area: string, call: Call): Transport {
    if (area === "") throw refusal("SERVICE_NOT_NAMED", call.language);
    const transport = this.#parts.upstreams.to(area);
    if (transport === undefined) {
      throw refusal("SERVICE_ABSENT", call.language, { parameters: { area } });
    }
    return transport;
  }

  // Notes how the call ended and makes the answer of it.
  #ended(call: Call, error: unknown, area: string): ConnectError {
    let answer: ConnectError;
    if (!(error instanceof ConnectError) && !isAbort(error)) {
      answer = refusal("INTERNAL", call.language, { parameters: { trace_id: call.trace.id } });
      call.cause = error;
    } else if (isOurs(error)) {
      answer = error;
    } else {
      answer = relayed(error, area, call.language, this.#parts.registry);
      call.cause = answer.cause;
    }
    call.outcome = answer.code;
    return answer;
  }
}

// Which service a call is for. Only one of this deployment's can be reached: `to` looks it up.
function serviceOf({ area, shared }: ServedMethod, call: Call): string {
  return shared ? call.service : area;
}

function callOf(context: HandlerContext): Call {
  const call = context.values.get(callKey);
  if (call === undefined) throw new ConnectError("the request has no call", Code.Internal);
  return call;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
}

// Refusals of our own are made with details of known types; errors of the wire and of connections
// come without.
function isOurs(error: unknown): error is ConnectError {
  return error instanceof ConnectError && error.details.some((detail) => "desc" in detail);
}

// eslint-disable-next-line @typescript-eslint/require-await -- the transport asks for an async one
async function* onlyOne(message: Message): AsyncGenerator<Message> {
  yield message;
}

function isUnary(method: DescMethod): method is DescMethodUnary {
  return method.methodKind === "unary";
}

function isServerStreaming(method: DescMethod): method is DescMethodServerStreaming {
  return method.methodKind === "server_streaming";
}
