import { describe, expect, test } from "vitest";

import { traceOf } from "../../../../clients/web/gateway/src/trace.ts";

const ID = "0af7651916cd43dd8448eb211c80319c";

describe("Trace", () => {
  test("GoesOnWithTheCallersUnderANewParent", () => {
    const trace = traceOf(`00-${ID}-b7ad6b7169203331-00`);
    expect(trace.id).toBe(ID);
    expect(trace.parent).toMatch(new RegExp(`^00-${ID}-[0-9a-f]{16}-00$`));
    expect(trace.parent).not.toContain("b7ad6b7169203331");
  });

  test.each([undefined, "", `00-${"0".repeat(32)}-b7ad6b7169203331-01`, `01-${ID}-x`, `00-${ID}`])(
    "BeginsWhereThereIsNone %#",
    (given) => {
      const trace = traceOf(given);
      expect(trace.id).toMatch(/^[0-9a-f]{32}$/);
      expect(trace.id).not.toBe(ID);
      expect(trace.parent).toMatch(new RegExp(`^00-${trace.id}-[0-9a-f]{16}-01$`));
    },
  );
});
