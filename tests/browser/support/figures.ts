import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

// Prints what the suite claims, as every suite does.
export default class Figures implements Reporter {
  #passed = 0;
  #failed = 0;

  onTestEnd(_: TestCase, result: TestResult): void {
    if (result.status === "passed") this.#passed++;
    else if (result.status !== "skipped") this.#failed++;
  }

  onEnd(): void {
    process.stdout.write(`\nfigure journeys_passed ${this.#passed}\n`);
    process.stdout.write(`figure journeys_failed ${this.#failed}\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
