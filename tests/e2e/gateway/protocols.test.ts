// One contract, every protocol: what is served, and that answers and refusals arrive whole.
import { create, fromBinary, getOption, toBinary, type DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import * as grpc from "@grpc/grpc-js";
import { registry } from "@redress/contract";
import { BadRequestSchema, ErrorInfoSchema } from "@redress/contract/google/rpc/error_details_pb";
import { StatusSchema } from "@redress/contract/google/rpc/status_pb";
import {
  CaseService,
  GetCaseRequestSchema,
  GetCaseResponseSchema,
} from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { access } from "@redress/contract/redress/common/v1/access_pb";
import {
  GetMeRequestSchema,
  GetMeResponseSchema,
  SessionService,
} from "@redress/contract/redress/identity/v1/session_service_pb";
import { beforeAll, describe, expect, test } from "vitest";

import {
  accessToken,
  bearer,
  connect,
  createShop,
  deployment,
  errorOf,
  grpcWeb,
  post,
  reasonOf,
  type Shop,
} from "./shop.ts";

let shop: Shop;
let token: string;
beforeAll(async () => {
  shop = await createShop();
  token = await accessToken(shop);
});

function pathOf(method: DescMethod): string {
  return `/${method.parent.typeName}/${method.name}`;
}

const methods = [...registry]
  .filter((type) => type.kind === "service")
  .filter((service) => service.typeName.startsWith("redress."))
  .flatMap((service) => service.methods);
// An area that several services serve: the caller names the one that is meant.
const isShared = (method: DescMethod) => pathOf(method).startsWith("/redress.privacy.");
const isForOutsiders = (method: DescMethod) => {
  const { anyone, signedIn, roles } = getOption(method, access);
  return anyone || signedIn || roles.length > 0;
};

describe("EveryMethod", () => {
  test.each(methods.map((method) => [pathOf(method), method] as const))(
    "IsServedIfItIsForOutsiders %s",
    async (path, method) => {
      if (!isForOutsiders(method)) {
        expect((await post(path, {}, bearer(shop, token))).status).toBe(404);
        return;
      }
      if (method.methodKind !== "unary") return;
      const service = isShared(method) ? { "x-redress-service": "order" } : {};
      const response = await post(path, {}, { ...bearer(shop, "not a token"), ...service });
      const { anyone } = getOption(method, access);
      // It reached its service: that is who knows the token and the fields.
      const error = await errorOf(response);
      expect(error.code).toBe(anyone ? "invalid_argument" : "unauthenticated");
      expect(error.details?.[0]?.debug["domain"]).toBe("redress");
    },
  );

  test.each(methods.filter(isShared).map((method) => [pathOf(method)]))(
    "OfASharedAreaIsNotGuessed %s",
    async (path) => {
      for (const service of ["", "scoring", "__proto__"]) {
        const response = await post(
          path,
          {},
          { ...bearer(shop, token), "x-redress-service": service },
        );
        expect(response.status).not.toBe(200);
        expect((await errorOf(response)).code).not.toBe("internal");
      }
    },
  );

  test("IsCountedAsServedOrNot", () => {
    const served = methods.filter(isForOutsiders).length;
    console.log(`figure gateway_methods_served ${served}`);
    expect(served).toBeGreaterThan(30);
    expect(served).toBeLessThan(methods.length);
  });
});

describe("Protocols", () => {
  const transports: [string, () => Transport][] = [
    ["Connect over HTTP/1.1", () => connect()],
    ["gRPC-Web over HTTP/1.1", () => grpcWeb()],
    [
      "Connect over HTTP/2",
      () =>
        createConnectTransport({
          baseUrl: deployment.url,
          httpVersion: "2",
          nodeOptions: { ca: deployment.ca },
        }),
    ],
    [
      "gRPC over HTTP/2",
      () =>
        createGrpcTransport({
          baseUrl: deployment.url,
          nodeOptions: { ca: deployment.ca },
        }),
    ],
  ];

  test.each(transports)("AnswerACall %s", async (_name, transport) => {
    const client = createClient(SessionService, transport());
    const me = await client.getMe({}, { headers: bearer(shop, token) });
    expect(me.memberships.map((one) => one.shopId)).toEqual([shop.shopId]);
  });

  test.each(transports)("BringARefusalWithItsDetails %s", async (_name, transport) => {
    const client = createClient(CaseService, transport());
    const error = await client.getCase({}, { headers: bearer(shop, token) }).then(
      () => undefined,
      (thrown: unknown) => ConnectError.from(thrown),
    );
    expect(error?.code).toBe(Code.InvalidArgument);
    expect(error?.findDetails(ErrorInfoSchema)[0]?.reason).toBe("INVALID_FIELDS");
    expect(error?.findDetails(BadRequestSchema)[0]?.fieldViolations[0]?.field).toBe("key");
  });

  test("LetAPlainJsonClientReadTheDetails", async () => {
    const response = await post(pathOf(CaseService.method.getCase), {}, bearer(shop, token));
    expect(response.status).toBe(400);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const error = await errorOf(response);
    expect(reasonOf(error)).toBe("INVALID_FIELDS");
    expect(error.details?.[1]).toMatchObject({
      type: "google.rpc.BadRequest",
      debug: { fieldViolations: [{ field: "key" }] },
    });
  });
});

describe("StockGrpcClient", () => {
  function call(method: string, token: string): Promise<Buffer> {
    const client = new grpc.Client(
      new URL(deployment.url).host,
      grpc.credentials.createSsl(Buffer.from(deployment.ca)),
    );
    const metadata = new grpc.Metadata();
    metadata.set("authorization", `Bearer ${token}`);
    metadata.set("x-redress-shop", shop.shopId);
    return new Promise((resolve, reject) => {
      const request = method.endsWith("GetMe")
        ? toBinary(GetMeRequestSchema, create(GetMeRequestSchema))
        : toBinary(GetCaseRequestSchema, create(GetCaseRequestSchema));
      client.makeUnaryRequest(
        method,
        (bytes: Uint8Array) => Buffer.from(bytes),
        (bytes: Buffer) => bytes,
        request,
        metadata,
        (error, answer) => {
          client.close();
          if (error !== null) reject(error);
          else resolve(answer ?? Buffer.alloc(0));
        },
      );
    });
  }

  test("IsAnswered", async () => {
    const bytes = await call("/redress.identity.v1.SessionService/GetMe", token);
    expect(fromBinary(GetMeResponseSchema, bytes).accountName).toBe(shop.accountName);
  });

  test("GetsTheDetailsOfARefusal", async () => {
    const error = await call("/redress.aftersales.v1.CaseService/GetCase", token).then(
      (bytes) => fromBinary(GetCaseResponseSchema, bytes),
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: grpc.status.INVALID_ARGUMENT });
    const { metadata } = error as grpc.ServiceError;
    const [bytes] = metadata.get("grpc-status-details-bin");
    const status = fromBinary(StatusSchema, bytes as Buffer);
    expect(status.details.map((one) => one.typeUrl)).toContain(
      "type.googleapis.com/google.rpc.BadRequest",
    );
  });

  test("IsToldThatAMethodForServicesIsNotServed", async () => {
    await expect(call("/redress.identity.v1.ShopService/CreateShop", token)).rejects.toMatchObject({
      code: grpc.status.UNIMPLEMENTED,
    });
  });
});

describe("Limits", () => {
  const getMe = pathOf(SessionService.method.getMe);

  test("AreTheCallersDeadline", async () => {
    const headers = { ...bearer(shop, token), "connect-timeout-ms": "1" };
    const response = await post(pathOf(CaseService.method.listCases), {}, headers);
    expect((await errorOf(response)).code).toBe("deadline_exceeded");
  });

  test("AreEightMebibytesOfMessage", async () => {
    const body = JSON.stringify({ pad: "x".repeat(9 << 20) });
    const response = await post(getMe, body, bearer(shop, token));
    expect(await errorOf(response)).toMatchObject({
      code: "resource_exhausted",
    });
  });

  test("RefuseACallWithoutALogInBeforeItsServiceHearsOfIt", async () => {
    const error = await errorOf(await post(getMe, {}));
    expect([error.code, reasonOf(error)]).toEqual(["unauthenticated", "TOKEN_MISSING"]);
  });

  test("AreExplainedInTheCallersLanguage", async () => {
    const error = await errorOf(await post(getMe, {}, { "accept-language": "zh-CN" }));
    expect(error.message).toContain("请先登录");
  });
});
