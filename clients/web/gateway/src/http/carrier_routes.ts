// /carriers/kuaidi100/SHOP: where Kuaidi100 posts what carriers tell of a shop's parcels, the callback
// of a subscription. Who posts is known by the signature alone, which the order service judges; the
// form and the answers are those of its 推送接口
// (https://apifox.com/apidoc/project-514987/api-8568518).
import { Code, ConnectError, type Client } from "@connectrpc/connect";
import type { ParcelService } from "@redress/contract/redress/order/v1/parcel_service_pb";

import { languageOf } from "../refusal.ts";
import type { Admission } from "../rpc/admission.ts";
import { traceOf } from "../trace.ts";
import type { App } from "./app.ts";

// PushTracks takes 200,000 characters, which a form writes with up to nine bytes each.
const MOST_FORM_BYTES = 2 << 20;
const MOST_FIELDS = 16;
const TIMEOUT_MS = 10_000;
const FORM = "application/x-www-form-urlencoded";

/** What Kuaidi100 reads of an answer: on anything but 200 it posts again later. */
interface Answer {
  readonly result: boolean;
  readonly returnCode: string;
  readonly message: string;
}

const TAKEN: Answer = { result: true, returnCode: "200", message: "taken" };
const UNKNOWN_PARCEL: Answer = {
  result: false,
  returnCode: "404",
  message: "no parcel of the shop has this number yet",
};

export function addCarrierRoutes(
  app: App,
  parcels: Client<typeof ParcelService>,
  admission: Admission,
): void {
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser(
      FORM,
      { parseAs: "string", bodyLimit: MOST_FORM_BYTES },
      (_request, body, parsed) => {
        const form = body.toString();
        // Who posts is not known yet: a form of many fields is none of Kuaidi100's.
        const isForm = form.split("&", MOST_FIELDS + 1).length <= MOST_FIELDS;
        parsed(null, new URLSearchParams(isForm ? form : ""));
      },
    );
    scope.post<{ Params: { shop: string } }>(
      "/carriers/kuaidi100/:shop(^\\d{1,10}$)",
      { bodyLimit: MOST_FORM_BYTES },
      async (request, reply) => {
        const language = languageOf(request.headers["accept-language"]);
        const leave = admission.enterCall(language);
        const trace = traceOf(request.headers["traceparent"]?.toString());
        const headers = { "x-redress-shop": request.params.shop, traceparent: trace.parent };
        try {
          const pushed = await parcels.pushTracks(formOf(request.body), {
            timeoutMs: TIMEOUT_MS,
            headers,
          });
          return await reply.send(pushed.parcels > 0 ? TAKEN : UNKNOWN_PARCEL);
        } catch (error) {
          const refused = ConnectError.from(error);
          if (refused.code === Code.Internal || refused.code === Code.Unknown) throw error;
          return await reply.send(answerTo(refused));
        } finally {
          leave();
        }
      },
    );
    done();
  });
}

function formOf(body: unknown): { param: string; sign: string } {
  const form = body instanceof URLSearchParams ? body : new URLSearchParams();
  return { param: form.get("param") ?? "", sign: form.get("sign") ?? "" };
}

function answerTo(refused: ConnectError): Answer {
  return { result: false, returnCode: returnCodeOf(refused.code), message: refused.rawMessage };
}

function returnCodeOf(code: Code): string {
  switch (code) {
    case Code.InvalidArgument:
      return "400";
    case Code.PermissionDenied:
    case Code.FailedPrecondition:
      return "403";
    default:
      return "500";
  }
}
