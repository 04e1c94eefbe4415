import {
  aFew,
  formatCustomerSubscriptionId,
  type LookedAtTenantList,
  ProviderError,
  parseCustomerSubscriptionId,
  registrationKey,
  toDeclarations,
} from "@azurestack-csp/provider";
import { isAtWork, readHostJournals } from "../journal/hostJournal.ts";
import { describeWrite, type IntendedWrite, writeKey } from "../journal/intendedWrite.ts";
import { findNotesFolder, type PlaceRequest } from "../journal/notesPlace.ts";

/**
 * What a killed run of a program's stack noted, that the program has seen live and that the list does not declare, as the
 * text of `CSP_WRITES_LEFT`. Whether the state holds it the program cannot know.
 *
 * @returns `undefined` where there is no such thing, or no notes can be read: a warning must not stop a program.
 */
export async function findInterruptedLeft(
  { live = {}, ...list }: LookedAtTenantList,
  place: PlaceRequest,
): Promise<string | undefined> {
  const notes = await findNotesFolder(place).catch(() => undefined);
  const journals = notes ? await readHostJournals(notes).catch(() => []) : [];
  const killed = journals.filter((each) => each.endedAt === undefined && !isAtWork(each));
  const declared = new Set(
    toDeclarations(list).map(({ id, inputs }) =>
      writeKey({ id: formatCustomerSubscriptionId(id), inputs: { ...inputs } }),
    ),
  );
  const left = killed
    .flatMap(({ writes }) => writes)
    .filter((write) => !declared.has(writeKey(write)) && isLive(live, write));
  if (left.length === 0) return undefined;
  return new ProviderError("CSP_WRITES_LEFT", {
    count: String(left.length),
    mappings: aFew(left.map(describeWrite)),
    held: "`pulumi up` removes those that the state holds, and leaves the others alone",
  }).message;
}

function isLive(live: NonNullable<LookedAtTenantList["live"]>, { id: armId, inputs }: IntendedWrite): boolean {
  const id = parseCustomerSubscriptionId(armId);
  if (!id) return false;
  const tenantId = live[registrationKey(id.registration)]?.[id.customerSubscriptionId.toLowerCase()];
  return tenantId === "" || tenantId === String(inputs.tenantId).toLowerCase();
}
