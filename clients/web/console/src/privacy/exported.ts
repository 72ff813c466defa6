import { toJson, type JsonValue } from "@bufbuild/protobuf";
import {
  PersonalRecordSchema,
  type PersonalRecord,
} from "@redress/contract/redress/privacy/v1/personal_data_service_pb";
import type { Api } from "../shared/api/api";
import { at, keepers } from "../shared/api/api";

export interface Export {
  customer_id: string;
  records: { service: string; record: JsonValue }[];
}

interface Asked {
  customerId: string;
  reason: string;
}

// Everything that is kept of a person, from every service; one reveal under one request_id.
export async function readExport(api: Api, asked: Asked, requestId: string): Promise<Export> {
  const records: Export["records"] = [];
  for (const service of keepers) {
    let pageToken = "";
    do {
      const page = await api.personalData.exportPersonalData(
        { requestId, ...asked, pageToken },
        at(service),
      );
      records.push(...page.records.map((record) => ({ service, record: jsonOf(record) })));
      pageToken = page.nextPageToken;
    } while (pageToken);
  }
  return { customer_id: asked.customerId, records };
}

function jsonOf(record: PersonalRecord): JsonValue {
  return toJson(PersonalRecordSchema, record, { useProtoFieldName: true });
}

// Hands the browser a file to save.
export function saveFile(name: string, content: unknown): void {
  const file = new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: "application/json" });
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
