import { create } from "@bufbuild/protobuf";
import {
  TagResult,
  TagSchema,
  TaggedCustomerSchema,
} from "@redress/contract/redress/customer/v1/tag_service_pb";
import { describe, expect, it } from "vitest";
import { failuresFirst, tagsFor } from "../../../../clients/web/console/src/tags/bulkQueries";

describe("tagging many", () => {
  it("offers to add what people may add, and to take away every tag in use", () => {
    const tags = [
      create(TagSchema, { tagCode: "vip", byHand: true }),
      create(TagSchema, { tagCode: "loyal", byHand: false }),
      create(TagSchema, { tagCode: "old", byHand: true, archived: true }),
    ];
    expect(tagsFor("set", tags).map((tag) => tag.tagCode)).toEqual(["vip"]);
    expect(tagsFor("deny", tags).map((tag) => tag.tagCode)).toEqual(["vip", "loyal"]);
  });

  it("shows first who was not found", () => {
    const results = [
      create(TaggedCustomerSchema, { customerId: "1", result: TagResult.CHANGED }),
      create(TaggedCustomerSchema, { customerId: "2", result: TagResult.NOT_FOUND }),
      create(TaggedCustomerSchema, { customerId: "3", result: TagResult.UNCHANGED }),
    ];
    expect(failuresFirst(results).map((one) => one.customerId)).toEqual(["2", "1", "3"]);
  });
});
