// Hands RPCs to Connect's handlers, which write the response themselves.
import { createContextValues, type ConnectRouter } from "@connectrpc/connect";
import {
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from "@connectrpc/connect-node";

import { Call, callKey } from "../rpc/call.ts";
import type { Telemetry } from "../telemetry.ts";
import type { App } from "./app.ts";

export function addRpcRoutes(app: App, router: ConnectRouter, telemetry: Telemetry): void {
  void app.register((scope, _options, done) => {
    // Connect reads the bodies, within its own limit.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, parsed) => {
      parsed(null, undefined);
    });
    for (const handler of router.handlers) {
      scope.all(handler.requestPath, async (request, reply) => {
        reply.hijack();
        const { raw } = reply;
        const call = new Call(request.headers);
        const finish = telemetry.begin(handler.method, call);
        raw.once("close", () => {
          call.close();
          finish(raw.statusCode);
        });
        // Answers may hold tokens and contact data.
        raw.setHeader("cache-control", "no-store");
        const values = createContextValues().set(callKey, call);
        try {
          const answer = await handler(
            universalRequestFromNodeRequest(request.raw, raw, undefined, values),
          );
          await universalResponseToNodeResponse(answer, raw);
        } catch (error) {
          // The handler answers errors itself; what comes here is a client that went away, or a bug.
          if (!raw.destroyed && !raw.headersSent) raw.writeHead(500).end();
          telemetry.unwritten(call, error);
        }
      });
    }
    done();
  });
}
