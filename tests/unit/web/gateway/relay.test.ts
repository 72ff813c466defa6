import { create, createRegistry, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { registry } from "@redress/contract";
import { ErrorInfoSchema } from "@redress/contract/google/rpc/error_details_pb";
import { describe, expect, test } from "vitest";

import { passHeaders, relayed } from "../../../../clients/web/gateway/src/rpc/relay.ts";

function fromService(): ConnectError {
  const error = new ConnectError("no such case", Code.NotFound, {
    "grpc-status": "5",
    "content-type": "application/grpc",
    "x-redress-note": "kept",
  });
  error.isWireError = true;
  const info = toBinary(ErrorInfoSchema, create(ErrorInfoSchema, { reason: "CASE_UNKNOWN" }));
  error.details.push({ type: "google.rpc.ErrorInfo", value: info });
  return error;
}

describe("Relay", () => {
  test("PassesAServicesRefusalWithReadableDetails", () => {
    const answer = relayed(fromService(), "aftersales", "en", registry);
    expect([answer.code, answer.rawMessage]).toEqual([Code.NotFound, "no such case"]);
    expect(answer.details).toMatchObject([
      { desc: ErrorInfoSchema, value: { reason: "CASE_UNKNOWN" } },
    ]);
  });

  test("KeepsADetailOfAnUnknownTypeAsItIs", () => {
    const answer = relayed(fromService(), "aftersales", "en", createRegistry());
    expect(answer.details).toEqual(fromService().details);
  });

  test("LeavesTheConnectionsHeadersBehind", () => {
    const answer = relayed(fromService(), "aftersales", "en", registry);
    expect(Object.fromEntries(answer.metadata)).toEqual({
      "x-redress-note": "kept",
    });
    const to = new Headers();
    passHeaders(new Headers({ date: "now", "grpc-encoding": "gzip", etag: "1" }), to);
    expect(Object.fromEntries(to)).toEqual({ etag: "1" });
  });

  test("DoesNotShowWhereAServiceIsThatCannotBeReached", () => {
    const cause = new ConnectError("connect ECONNREFUSED 10.0.0.7:8104", Code.Unavailable);
    const answer = relayed(cause, "aftersales", "en", registry);
    expect(answer.code).toBe(Code.Unavailable);
    expect(answer.rawMessage).not.toContain("10.0.0.7");
    expect(answer.cause).toBe(cause);
  });

  test("SaysThatARepeatIsSafeAfterADeadline", () => {
    const answer = relayed(new ConnectError("", Code.DeadlineExceeded), "order", "en", registry);
    expect(answer.rawMessage).toContain("request_id");
  });
});
