import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { useWords } from "../words";
import { ErrorNotice } from "./ErrorNotice";

interface Read<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

interface Props<T> {
  of: Read<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}

// The three faces of something that is read: not there yet, failed, there. What was read once stays
// on the screen while a newer reading fails, with the failure above it.
export function Loaded<T>({ of, rows = 4, children }: Props<T>) {
  const { t } = useWords();
  const failure = of.error && <ErrorNotice error={of.error} onRetry={() => void of.refetch()} />;
  if (of.data !== undefined) {
    return (
      <>
        {failure}
        {children(of.data)}
      </>
    );
  }
  if (failure) return <div className="pad">{failure}</div>;
  return (
    <div className="pad" aria-busy="true" aria-label={t("common.loading")}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}
