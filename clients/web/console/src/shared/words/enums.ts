import type { DescEnum } from "@bufbuild/protobuf";

// An enum value's name in the contract, by which the words know it; its number where it is newer
// than this console.
export function enumName(of: DescEnum, number: number): string {
  return of.values.find((value) => value.number === number)?.name ?? String(number);
}
