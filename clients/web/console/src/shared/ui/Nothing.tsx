import { Empty } from "antd";
import type { ReactNode } from "react";

// An empty list: what is not there, and what would put something there.
export function Nothing({
  what,
  hint,
  action,
}: {
  what: string;
  hint?: string;
  action?: ReactNode;
}) {
  return (
    <Empty
      className="nothing"
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <div>{what}</div>
          {hint && <div className="quiet">{hint}</div>}
        </>
      }
    >
      {action}
    </Empty>
  );
}
