import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { KeyedWork } from "../../../../clients/web/qimen/src/keyed_work.ts";
import { pauseAfterFailuresMs, retryPauseMs } from "../../../../clients/web/qimen/src/pauses.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

// Runs that end when the test says so.
class Runs {
  readonly begun: string[] = [];
  readonly #ends = new Map<string, (delayMs: number | undefined) => void>();

  run = (key: string): Promise<number | undefined> => {
    this.begun.push(key);
    return new Promise((resolve) => this.#ends.set(key, resolve));
  };

  async end(key: string, delayMs?: number): Promise<void> {
    this.#ends.get(key)?.(delayMs);
    await vi.advanceTimersByTimeAsync(0);
  }
}

describe("KeyedWork", () => {
  test("RunsSoManyAtOnceInTheirOrder", async () => {
    const runs = new Runs();
    const work = new KeyedWork(2, runs.run);
    for (const key of ["a", "b", "c", "d"]) work.put(key);
    expect(runs.begun).toEqual(["a", "b"]);
    await runs.end("b");
    expect(runs.begun).toEqual(["a", "b", "c"]);
  });

  test("RunsAKeyOnceAtATimeAndAgainWhenPutMeanwhile", async () => {
    const runs = new Runs();
    const work = new KeyedWork(4, runs.run);
    work.put("a");
    work.put("a");
    work.put("a");
    expect(runs.begun).toEqual(["a"]);
    await runs.end("a", 60_000);
    expect(runs.begun).toEqual(["a", "a"]);
    await runs.end("a");
    expect(runs.begun).toEqual(["a", "a"]);
  });

  test("RunsAgainAfterTheDelayThatARunAnswers", async () => {
    const runs = new Runs();
    const work = new KeyedWork(1, runs.run);
    work.put("a");
    await runs.end("a", 5_000);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(runs.begun).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(runs.begun).toEqual(["a", "a"]);
  });

  test("DoesNotWaitForTheDelayOfAKeyThatIsPut", async () => {
    const runs = new Runs();
    const work = new KeyedWork(1, runs.run);
    work.put("a");
    await runs.end("a", 5_000);
    work.put("a");
    expect(runs.begun).toEqual(["a", "a"]);
    await runs.end("a");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(runs.begun).toEqual(["a", "a"]);
  });

  test("StopsWithWhatGoesOnFinished", async () => {
    const runs = new Runs();
    const work = new KeyedWork(1, runs.run);
    work.put("a");
    work.put("b");
    let stopped = false;
    const stop = work.stop().then(() => (stopped = true));
    await vi.advanceTimersByTimeAsync(10);
    expect(stopped).toBe(false);
    await runs.end("a", 1);
    await stop;
    await vi.advanceTimersByTimeAsync(10);
    expect(runs.begun).toEqual(["a"]);
  });
});

describe("Pauses", () => {
  test("DoubleUpToABound", () => {
    const most = () => 1;
    expect([1, 2, 3, 9, 10, 1_000].map((n) => retryPauseMs(n, most))).toEqual([
      1_000, 2_000, 4_000, 256_000, 300_000, 300_000,
    ]);
    expect(retryPauseMs(3, () => 0)).toBe(2_000);
  });

  test("GiveAPersonTimeAfterAFailure", () => {
    expect([0, 1, 2, 7, 50].map(pauseAfterFailuresMs)).toEqual([
      0, 60_000, 120_000, 3_600_000, 3_600_000,
    ]);
  });
});
