import type { ReactNode } from "react";

export interface Fact {
  label: string;
  value: ReactNode;
  wide?: boolean;
}

// Labelled facts in a dense grid.
export function Facts({ of }: { of: (Fact | false | undefined | "")[] }) {
  return (
    <dl className="facts">
      {of.map(
        (fact) =>
          fact && (
            <div key={fact.label} className={fact.wide ? "fact wide" : "fact"}>
              <dt>{fact.label}</dt>
              <dd>{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
