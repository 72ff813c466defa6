// Next steps of memos as they are entered: one per line.

export const mostSteps = 50;
export const longestStep = 60;

export function stepsOf(entered: string): string[] {
  return entered
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export type StepProblem = "separator" | "tooLong" | "tooMany";

// What the services would refuse: memos part their fields by bars.
export function stepProblem(steps: string[]): StepProblem | undefined {
  if (steps.length > mostSteps) return "tooMany";
  if (steps.some((step) => /[|｜\p{Cc}]/u.test(step))) return "separator";
  if (steps.some((step) => Array.from(step).length > longestStep)) return "tooLong";
  return undefined;
}
