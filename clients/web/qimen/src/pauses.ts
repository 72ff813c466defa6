// How long to wait before trying again.

const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;
// After work that failed, people are looking at it: no hurry.
const AFTER_FAILURE_FIRST_MS = 60_000;
const AFTER_FAILURE_LONGEST_MS = 3_600_000;

/** After so many attempts without an answer; with jitter, so that tasks do not come all at once. */
export function retryPauseMs(attempts: number, random: () => number = Math.random): number {
  return doubled(FIRST_MS, attempts, LONGEST_MS) * (0.5 + random() / 2);
}

/** Between so many failures of the same work and the next order for it; 0 without any. */
export function pauseAfterFailuresMs(failures: number): number {
  return failures === 0 ? 0 : doubled(AFTER_FAILURE_FIRST_MS, failures, AFTER_FAILURE_LONGEST_MS);
}

function doubled(first: number, times: number, longest: number): number {
  return Math.min(longest, first * 2 ** (Math.min(times, 30) - 1));
}
