import { join } from "node:path";
import { writeWhole } from "../../../processes/wholeFile.ts";
import { count } from "../../console/text.ts";
import type { Stack } from "../../stacks/stack.ts";
import type { EngineError } from "./stackEvents.ts";

/**
 * Puts what the engine reports as the consequence of an error into a file beside the stack's journal, where the next
 * failed run overwrites it.
 *
 * @returns the line that names the file; where it cannot be written, what would stand in it.
 */
export async function noteConsequences(stack: Stack, consequences: readonly EngineError[]): Promise<readonly string[]> {
  if (consequences.length === 0) return [];
  const texts = consequences.map(({ text }) => text);
  try {
    const { path } = await stack.journalFolder();
    const file = join(path, `${stack.name}.engine.log`);
    await writeWhole(file, `${texts.join("\n")}\n`);
    return [`What else Pulumi reports, ${count(texts.length, "message")}, is in ${file}.`];
  } catch {
    return texts;
  }
}
