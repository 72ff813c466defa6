import { useEffect, useRef, useState } from "react";

// Follows a stream that tells how far something is; leaving the page stops it.
export function useProgress<Progress>(
  ask: (signal: AbortSignal) => AsyncIterable<Progress>,
  onEnd: () => void = () => undefined,
) {
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<unknown>();
  const [isRunning, setIsRunning] = useState(false);
  const cut = useRef<AbortController>(undefined);
  useEffect(() => () => cut.current?.abort(), []);
  const start = async () => {
    const { signal } = (cut.current = new AbortController());
    setError(undefined);
    setProgress(undefined);
    setIsRunning(true);
    try {
      for await (const told of ask(signal)) setProgress(told);
    } catch (failure) {
      if (!signal.aborted) setError(failure);
    } finally {
      setIsRunning(false);
      onEnd();
    }
  };
  return { progress, error, isRunning, start, stop: () => cut.current?.abort() };
}
