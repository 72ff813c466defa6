import { useState } from "react";

// As many as one call takes.
export const mostChosen = 1000;

export interface Person {
  customerId: string;
  nick: string;
}

export interface Selection {
  chosen: Person[];
  // For a table with the customer's id as the key of its rows.
  rowSelection: { selectedRowKeys: string[]; onChange: (keys: React.Key[]) => void };
  clear: () => void;
}

// The people who are ticked in a list; one who leaves the list is no longer among them.
export function useSelection(people: Person[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const chosen = people.filter((one) => ids.has(one.customerId)).slice(0, mostChosen);
  return {
    chosen,
    rowSelection: {
      selectedRowKeys: chosen.map((one) => one.customerId),
      onChange: (keys) => setIds(new Set(keys.slice(0, mostChosen).map(String))),
    },
    clear: () => setIds(new Set()),
  };
}
