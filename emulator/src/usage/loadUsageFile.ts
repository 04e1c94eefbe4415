import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { WorldError } from "../world/worldError.ts";
import { parseUsageRow, type UsageLine } from "./parseUsageRow.ts";

const MOST_FINDINGS = 20;

/**
 * The rows of a file of usage, JSON Lines.
 *
 * @throws WorldError naming the file, and line by line what is wrong with it.
 */
export async function loadUsageFile(path: string): Promise<readonly UsageLine[]> {
  const rows: UsageLine[] = [];
  const findings: string[] = [];
  let number = 0;
  try {
    for await (const line of createInterface({
      input: createReadStream(path, "utf8"),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      number += 1;
      if (line.trim() === "") continue;
      const row = parseUsageRow(line);
      if ("usageHour" in row) rows.push(row);
      else findings.push(...row.map((problem) => `  line ${number}: ${problem}`));
    }
  } catch (cause) {
    throw new WorldError(`The usage file ${path} cannot be read.`, { cause });
  }
  if (findings.length > 0) throw new WorldError(refusal(path, findings));
  if (rows.length === 0) throw new WorldError(`The usage file ${path} holds no row.`);
  return rows;
}

function refusal(path: string, findings: readonly string[]): string {
  const more = findings.length - MOST_FINDINGS;
  const rest = more > 0 ? [`  and ${more} more`] : [];
  return [`${path} does not hold usage:`, ...findings.slice(0, MOST_FINDINGS), ...rest].join("\n");
}
