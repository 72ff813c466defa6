// How much may go on at once. What exceeds it is refused at once instead of waiting: the caller
// knows better than a queue whether it still wants the answer.
import { refusal, type Language } from "../refusal.ts";

export interface Limits {
  readonly calls: number;
  readonly streams: number;
  readonly streamsPerCaller: number;
}

const RETRY_AFTER_S = 1;

export class Admission {
  readonly #limits: Limits;
  readonly #streamsOf = new Map<string, number>();
  #calls = 0;
  #streams = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get calls(): number {
    return this.#calls;
  }
  get streams(): number {
    return this.#streams;
  }

  /** Admits a unary call; the answer lets it go, once. Throws the refusal. */
  enterCall(language: Language): () => void {
    if (this.#calls >= this.#limits.calls) throw overloaded(language);
    this.#calls++;
    return once(() => this.#calls--);
  }

  /** Admits a stream before it is known whose it is. */
  enterStream(language: Language): () => void {
    if (this.#streams >= this.#limits.streams) throw overloaded(language);
    this.#streams++;
    return once(() => this.#streams--);
  }

  /** Counts a stream for its caller, known by any text of its own. */
  claimStream(caller: string, language: Language): () => void {
    const open = this.#streamsOf.get(caller) ?? 0;
    const limit = this.#limits.streamsPerCaller;
    if (open >= limit) throw refusal("TOO_MANY_STREAMS", language, { parameters: { limit } });
    this.#streamsOf.set(caller, open + 1);
    return once(() => {
      const left = (this.#streamsOf.get(caller) ?? 1) - 1;
      if (left > 0) this.#streamsOf.set(caller, left);
      else this.#streamsOf.delete(caller);
    });
  }
}

function overloaded(language: Language): Error {
  return refusal("OVERLOADED", language, {
    parameters: { seconds: RETRY_AFTER_S },
    retryAfterSeconds: RETRY_AFTER_S,
  });
}

function once(release: () => void): () => void {
  let released = false;
  return () => {
    if (!released) release();
    released = true;
  };
}
