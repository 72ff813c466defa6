import {
  BankLineOutcome,
  BankPaymentStateSchema,
  BankRunState,
  BankRunStateSchema,
  type BankLineResult,
  type BankPaymentState,
  type BankRun,
} from "@redress/contract/redress/aftersales/v1/bank_run_service_pb";
import type { Api } from "../shared/api/api";
import { enumName } from "../shared/words/enums";

// What a change of runs makes others read again.
export const runTopics = [
  "bank-runs",
  "bank-run",
  "bank-run-payments",
  "settlements",
  "case",
  "cases",
];

export const runColours: Record<number, string> = {
  [BankRunState.OPEN]: "blue",
  [BankRunState.EXPORTED]: "gold",
  [BankRunState.HANDED_OVER]: "purple",
  [BankRunState.ANSWERED]: "green",
};

export function runStateName(state: BankRunState): string {
  return enumName(BankRunStateSchema, state);
}

export function paymentStateName(state: BankPaymentState): string {
  return enumName(BankPaymentStateSchema, state);
}

export interface RunFile {
  name: string;
  content: Blob;
  run: BankRun;
}

// The whole file of a run; the service gives the same bytes each time.
export async function exportRun(api: Api, runId: string): Promise<RunFile> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let name = "";
  let run: BankRun | undefined;
  for await (const piece of api.bankRuns.exportBankRun({ runId }, { timeoutMs: 60_000 })) {
    if (piece.run) {
      run = piece.run;
      name = piece.fileName;
    }
    pieces.push(new Uint8Array(piece.content));
  }
  if (!run) throw new Error("the service sent no file");
  return { name, run, content: new Blob(pieces, { type: "text/csv;charset=utf-8" }) };
}

export function saveFile({ name, content }: RunFile): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

export interface Piece {
  text: string;
  firstLine: number;
}

const linesAtOnce = 500;

// Banks write UTF-8 or GBK.
export function decodeFile(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

// Pieces of whole lines, each behind the file's header; a file of a header alone is one piece.
export function piecesOf(text: string): Piece[] {
  const lines = text.split("\n");
  const header = lines.shift() ?? "";
  if (lines.at(-1) === "") lines.pop();
  const pieces: Piece[] = [];
  for (let from = 0; from < Math.max(1, lines.length); from += linesAtOnce) {
    const some = lines.slice(from, from + linesAtOnce);
    pieces.push({ text: [header, ...some, ""].join("\n"), firstLine: from + 2 });
  }
  return pieces;
}

export interface ImportReport {
  applied: number;
  repeated: number;
  others: BankLineResult[];
}

export async function importResults(api: Api, runId: string, file: File): Promise<ImportReport> {
  const report: ImportReport = { applied: 0, repeated: 0, others: [] };
  for (const piece of piecesOf(decodeFile(await file.arrayBuffer()))) {
    const { lines } = await api.bankRuns.importBankResults(
      { runId, ...piece },
      { timeoutMs: 60_000 },
    );
    for (const line of lines) {
      if (line.outcome === BankLineOutcome.APPLIED) report.applied++;
      else if (line.outcome === BankLineOutcome.REPEATED) report.repeated++;
      else report.others.push(line);
    }
  }
  return report;
}
