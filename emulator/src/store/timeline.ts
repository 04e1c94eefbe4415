/** What a fact was, and since when. */
export interface Since<Value> {
  /** In milliseconds since 1970. */
  readonly since: number;
  readonly value: Value;
}

/** A fact over time. */
export class Timeline<Value> {
  readonly #entries: Since<Value>[] = [];

  /** Notes what it is from a time on; of two notes of one time the later one counts. */
  set(since: number, value: Value): void {
    const index = this.#entries.findLastIndex((entry) => entry.since <= since);
    this.#entries.splice(index + 1, 0, { since, value });
  }

  /** What it was at a time; `undefined` before the first note. */
  at(time: number): Value | undefined {
    return this.#entries.findLast(({ since }) => since <= time)?.value;
  }

  entries(): readonly Since<Value>[] {
    return this.#entries;
  }
}
