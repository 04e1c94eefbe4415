import { readFileSync, writeFileSync } from "node:fs";
import { parseDocument } from "yaml";
import type { EmulatorConnection } from "./environment.ts";

/** Which list is copied where, and what its Hubs are called and where they are. */
export interface ListWithHubs {
  readonly list: string;
  readonly copy: string;
  readonly hubs: EmulatorConnection["hubs"];
}

/**
 * Copies a list, and gives each registration whose key is the name of a Hub that Hub's address: the emulator has other ports
 * each time, and a list that people keep names none of them.
 */
export function writeListWithHubs({ list, copy, hubs }: ListWithHubs): void {
  const document = parseDocument(readFileSync(list, "utf8"));
  for (const { name, admin } of hubs) {
    const key = name.toLowerCase();
    if (document.hasIn(["registrations", key])) {
      document.setIn(["registrations", key, "hub", "adminEndpoint"], admin.resourceManager);
    }
  }
  writeFileSync(copy, document.toString());
}

/** The words of a command, with the list named where it asks the Hubs and names none itself. */
export function withListOfHubs(words: readonly string[], list: string): readonly string[] {
  const [first, second] = words;
  const asksHubs = first === "audit" || (first === "usage" && second === "sync");
  return asksHubs && !words.includes("--help") && !words.some((word) => /\.(?:ya?ml|json|csv)$/.test(word))
    ? [...words, list]
    : words;
}
