import type { StoreList } from "./storeList.ts";

/** Something that is noted with the times at which it was so, by its name; the facts are compared as JSON. */
export interface Noted {
  /** Which one it is: the id of a local subscription, or of a customer subscription. */
  readonly name: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What is noted, of which Hub and when it was so. */
export interface Notice {
  readonly hub: number;
  readonly kind: "subscription" | "mapping";
  readonly now: string;
}

/**
 * Notes everything that is so now: what is new or has changed begins, what is as before was seen once more, and what is no
 * longer there has ended, at some time between its last sight and now.
 */
export function noteAll(list: StoreList, { hub, kind, now }: Notice, facts: readonly Noted[]): void {
  list.transaction("published", () => {
    const before = new Map(
      list
        .all<{ id: number; name: string; facts: string }>(
          "SELECT id, name, facts FROM note WHERE hub = ? AND kind = ? AND ended_at IS NULL",
          hub,
          kind,
        )
        .map((note) => [note.name, note]),
    );
    if (kind === "subscription")
      addSubscribers(
        list,
        hub,
        facts.map(({ name }) => name),
      );
    for (const fact of facts) {
      const text = JSON.stringify(fact.facts);
      const known = before.get(fact.name);
      before.delete(fact.name);
      if (known?.facts === text) {
        list.run("UPDATE note SET last_seen = ? WHERE id = ?", now, known.id);
        continue;
      }
      if (known) list.run("UPDATE note SET ended_at = ? WHERE id = ?", now, known.id);
      list.run(
        "INSERT INTO note (hub, kind, name, facts, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?)",
        hub,
        kind,
        fact.name,
        text,
        now,
        now,
      );
    }
    for (const { id } of before.values()) list.run("UPDATE note SET ended_at = ? WHERE id = ?", now, id);
  });
}

/** Remembers local subscriptions that may have usage; part of a transaction, or one by itself. */
export function addSubscribers(list: StoreList, hub: number, subscriptions: readonly string[]): void {
  for (const id of subscriptions) {
    list.run(
      "INSERT INTO subscriber (hub, subscription_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
      hub,
      id.toLowerCase(),
    );
  }
}

/** Every local subscription that a Hub was ever seen to have or to have usage of, deleted ones too. */
export function everSubscribed(list: StoreList, hub: number): readonly string[] {
  return list
    .all<{ id: string }>("SELECT subscription_id AS id FROM subscriber WHERE hub = ? ORDER BY id", hub)
    .map(({ id }) => id);
}
