// The console's files, and the headers that protect every page.
import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";

import { describe, expect, test } from "vitest";

import { deployment, type ErrorBody } from "./shop.ts";

interface Page {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

// As a browser opens an address; `fetch` says of itself that it is a script.
function open(path: string, accept = "text/html"): Promise<Page> {
  const { hostname, port } = new URL(deployment.url);
  const headers = {
    accept,
    "sec-fetch-mode": "navigate",
    "sec-fetch-site": "none",
  };
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers, ca: deployment.ca, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        resolve({
          status: response.statusCode,
          headers: response.headers,
          text,
        });
      });
    })
      .on("error", reject)
      .end();
  });
}

describe("Console", () => {
  test.each(["/", "/cases/12", "/deep/er?x=1"])("IsWhatAPersonOpensAt %s", async (path) => {
    const page = await open(path);
    expect(page.status).toBe(200);
    expect(page.headers["cache-control"]).toBe("no-cache");
    expect(page.headers["content-type"]).toMatch(/^text\/html/);
    expect(page.text).toContain("<title>console</title>");
  });

  test("HasAssetsThatAreKeptForGood", async () => {
    const page = await open("/assets/app-1a2b.js", "*/*");
    expect(page.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(page.headers["content-type"]).toMatch(/javascript/);
  });

  test.each(["/assets/gone.js", "/redress.order.v1.OrderService/Gone"])(
    "DoesNotAnswerForWhatIsNotThere %s",
    async (path) => {
      const page = await open(path);
      expect([page.status, (JSON.parse(page.text) as ErrorBody).code]).toEqual([404, "not_found"]);
    },
  );

  test.each(["/../../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/assets/..%2f..%2fkeys"])(
    "StaysInItsFolder %s",
    async (path) => {
      expect((await open(path, "*/*")).text).not.toContain("root:");
    },
  );
});

describe("EveryAnswer", () => {
  test.each(["/", "/assets/app-1a2b.js", "/session", "/healthz", "/redress.none/None"])(
    "ForbidsForeignScriptsAndFrames %s",
    async (path) => {
      const { headers } = await open(path);
      const policy = headers["content-security-policy"] ?? "";
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("unsafe-eval");
      expect(headers["strict-transport-security"]).toBe("max-age=31536000");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("no-referrer");
      expect(headers["permissions-policy"]).toContain("camera=()");
    },
  );
});
