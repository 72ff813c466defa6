// Work by key: a key is run by one at a time, so many keys at once, and again after the delay that
// its run answers. What is left to do is not kept here: whoever puts a key can put it again.

export class KeyedWork {
  readonly #most: number;
  readonly #run: (key: string) => Promise<number | undefined>;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  // In the order of becoming due.
  readonly #due = new Set<string>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();
  #stopped = false;

  /** `run` answers after how many milliseconds it is called again, if at all; it never throws. */
  constructor(most: number, run: (key: string) => Promise<number | undefined>) {
    this.#most = most;
    this.#run = run;
  }

  /** Runs the key as soon as there is room, whatever delay it was waiting for. */
  put(key: string): void {
    if (this.#stopped) return;
    if (this.#running.has(key)) {
      this.#again.add(key);
      return;
    }
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#due.add(key);
    this.#start();
  }

  /** Starts nothing more, and waits for what goes on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#due.clear();
    await Promise.all(this.#running.values());
  }

  #start(): void {
    for (const key of this.#due) {
      if (this.#running.size >= this.#most) return;
      this.#due.delete(key);
      this.#running.set(key, this.#finish(key));
    }
  }

  async #finish(key: string): Promise<void> {
    const delayMs = await this.#run(key);
    this.#running.delete(key);
    if (this.#again.delete(key)) this.put(key);
    else if (delayMs !== undefined) this.#putLater(key, delayMs);
    if (!this.#stopped) this.#start();
  }

  #putLater(key: string, delayMs: number): void {
    if (this.#stopped) return;
    this.#timers.set(
      key,
      setTimeout(() => {
        this.put(key);
      }, delayMs),
    );
  }
}
