import { readFileSync } from "node:fs";

/** The deployment's time, in milliseconds since 1970. Waiting uses real time, never this. */
export interface Clock {
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() };

/** The system's clock, or a test deployment's whose time can be moved. */
export function clockOf(offsetFile: string | undefined): Clock {
  return offsetFile === undefined ? systemClock : new OffsetClock(offsetFile);
}

// A test that moves the time does not wait longer than this for the gateway to see it.
const LOOK_EVERY_MS = 50;

/** The system's time plus the microseconds in a file; only for deployments of kind test. */
export class OffsetClock implements Clock {
  readonly #file: string;
  #offsetMs = 0;
  #lookAgainAt = 0;

  constructor(file: string) {
    this.#file = file;
  }

  nowMs(): number {
    const now = Date.now();
    if (now >= this.#lookAgainAt) {
      this.#lookAgainAt = now + LOOK_EVERY_MS;
      this.#look();
    }
    return now + this.#offsetMs;
  }

  #look(): void {
    let text: string;
    try {
      text = readFileSync(this.#file, "utf8");
    } catch {
      this.#offsetMs = 0;
      return;
    }
    // A file caught half written is looked at again instead of being believed.
    if (/^-?\d+\n?$/.test(text)) this.#offsetMs = Number(text) / 1000;
  }
}
