import { type Access, readAccess } from "../../domain/access.ts";
import { changedInPlace, compare } from "../../domain/customerSubscription/difference.ts";
import { directoryMismatch } from "../../domain/customerSubscription/directoryMismatch.ts";
import {
  type CheckedInputs,
  type CustomerSubscriptionInputs,
  checkInputs,
  DELETED_FIRST,
} from "../../domain/customerSubscription/inputs.ts";
import { type CustomerSubscriptionState, readState, writeOutputs } from "../../domain/customerSubscription/state.ts";
import { ProviderError } from "../../domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  customerSubscriptionKey,
  formatCustomerSubscriptionId,
  sameId,
} from "../../domain/ids.ts";
import { isUnknown, UNKNOWN_VALUE } from "../../domain/unknown.ts";
import type { ResourceLifecycle } from "../resourceLifecycle.ts";
import type { Deps } from "./deps.ts";
import { type Ensured, ensureMapping } from "./ensure.ts";
import { keepEntrusted } from "./keepEntrusted.ts";
import { lookForLost } from "./lost.ts";
import { readMapping } from "./read.ts";
import { removeMapping } from "./remove.ts";
import { noteRetained } from "./retention.ts";
import type { Run } from "./run/run.ts";
import { cameBeside, lookForWrong } from "./wrong.ts";

/**
 * The life of one customer subscription: a tenant of a Hub, mapped to the Azure subscription its usage is billed to.
 *
 * `check` and `diff` tell the run what they saw; `check` is offline, and so is `diff` but for a mapping that the program
 * has not seen live, or that came into the state beside a run. The others talk to the service, in the way that the inputs, or the state of what is read or removed,
 * say.
 */
export function createCustomerSubscription(
  run: Run,
  deps: (access: Access) => Deps,
  say: (message: string) => void,
): ResourceLifecycle {
  return {
    check({ [DELETED_FIRST]: deletedFirst, ...properties }, before = {}) {
      const { inputs, issues, id } = checkInputs(properties);
      const failures = issues.map(({ path, message }) => ({ property: path, reason: message }));
      if (!id) return { inputs, failures };
      const tenantId = failures.length === 0 ? knownText(inputs.tenantId) : undefined;
      const facts = { isContinued: isIdOf(before, id), isDeletedFirst: deletedFirst === true };
      const contradiction = run.claims.declare(id, tenantId, facts);
      if (contradiction) failures.push({ property: "customerSubscriptionId", reason: contradiction.message });
      return { inputs, failures };
    },

    async diff({ id, outputs, inputs }) {
      const state = readState(id, outputs);
      const { changed, replaced, registration } = compare(state, inputs);
      run.allowance.manage(state.id);
      const noted = noteHeld(run, state);
      noteRetained(run, state);
      const subscription = knownText(inputs.customerSubscriptionId);
      if (subscription && replaced.every((input) => input === "customerSubscriptionId"))
        noteMove(run, state, subscription);
      if (inputs.tenantId === undefined && replaced.length === 0) declareResolved(run, state);
      const changes = changed.length + replaced.length > 0;
      if (replaced.length > 0 && registration && subscription) {
        run.claims.replace({ registration, customerSubscriptionId: subscription });
      }
      if (!replaced.length && !isWrittenFor(changed) && (await lookForLost(run, deps, { state, inputs }))) {
        return { changes: true, replaces: [] };
      }
      const isKept = replaced.length === 0 && !isWrittenFor(changed);
      const found = isKept && cameBeside(run, state) ? await lookForWrong(run, deps, state) : undefined;
      if (!changes) run.claims.hold(state.id);
      const wrong = replaced.length === 0 ? wrongDirectory({ ...state, ...found }, inputs.tenantId) : undefined;
      if (wrong) say(wrong.message);
      await noted;
      return { changes: changes || found !== undefined, replaces: replaced };
    },

    async create(properties) {
      const checked = checkInputs(properties);
      const { id } = checked;
      const create = async () => {
        const inputs = settle(checked);
        const ensured = await ensureMapping(deps(readAccess(inputs)), { ...wanted(inputs), before: undefined });
        return { id: formatCustomerSubscriptionId(ensured.id), outputs: outputsOf(ensured, inputs) };
      };
      return id ? await keepEntrusted(run, id, () => run.claims.carryOut(id, create)) : await create();
    },

    async read({ id, outputs }) {
      const state = readState(id, outputs);
      // A look-up manages nothing.
      return await readMapping(deps(state.access), state, {
        isImport: isUntold(state) && outputs.lookedUp === undefined,
      });
    },

    async update({ id, outputs, inputs: properties }) {
      const state = readState(id, outputs);
      return await run.claims.carryOut(state.id, async () => {
        const inputs = settle(checkInputs(properties));
        const access = readAccess(inputs);
        if (!isWrittenFor(changedInPlace(state, inputs)) && !run.isLost(state.id)) {
          const { tenantId } = state;
          const directory = state.directory ?? run.directoryOf(state.id);
          return writeOutputs({ tenantId, directory, retainUntil: inputs.retainUntil, access });
        }
        const before = state.tenantId === undefined ? undefined : { id: state.id, tenantId: state.tenantId };
        const tenantId = inputs.tenantId ?? state.expectedTenantId ?? state.tenantId;
        const ensured = await ensureMapping(deps(access), { ...wanted(inputs), id: state.id, tenantId, before });
        return outputsOf(ensured, inputs);
      });
    },

    async delete({ id, outputs }) {
      const state = readState(id, outputs);
      run.allowance.manage(state.id);
      const noted = noteHeld(run, state);
      await removeMapping(deps(state.access), { id, outputs }, state);
      await noted;
    },
  };
}

/**
 * Whether an update in place looks at what is live, and writes it where it is not as declared.
 *
 * Another cloud may not have the mapping; that it had been in the old one is no reason to remove it there.
 */
function isWrittenFor(changed: readonly string[]): boolean {
  return changed.includes("tenantId") || changed.includes("cloud");
}

/** Of a write that nobody could confirm, the state holds the tenant that was sent beside the one before. */
async function noteHeld(
  { notes }: Run,
  { id: parsed, tenantId, expectedTenantId }: CustomerSubscriptionState,
): Promise<void> {
  const id = formatCustomerSubscriptionId(parsed);
  const held = [tenantId, expectedTenantId].filter((tenant) => tenant !== undefined);
  await Promise.all(held.map((tenant) => notes.held({ id, tenantId: tenant })));
}

/**
 * The mapping that a move may take away is the one that the state shows, or the one sent and never confirmed, and what
 * that write was to take away.
 */
function noteMove(run: Run, state: CustomerSubscriptionState, to: string): void {
  const { id, tenantId, expectedTenantId, movedFrom } = state;
  for (const from of [id.customerSubscriptionId, movedFrom]) {
    if (from === undefined || sameId(from, to)) continue;
    const left = { ...id, customerSubscriptionId: from };
    for (const held of [tenantId, expectedTenantId]) if (held !== undefined) run.move({ id: left, tenantId: held }, to);
  }
}

/** What the state knows to be wrong, and the program leaves as it is. */
function wrongDirectory(
  { id: { customerSubscriptionId }, directory, ...state }: CustomerSubscriptionState,
  declared: unknown = state.expectedTenantId ?? state.tenantId,
): ProviderError | undefined {
  if (directory === undefined || typeof declared !== "string" || sameId(directory, declared)) return undefined;
  return directoryMismatch({ customerSubscriptionId, directory, tenantId: declared });
}

/** Whether the state knows nothing but the id, as an import has it. */
function isUntold({ tenantId, expectedTenantId }: CustomerSubscriptionState): boolean {
  return tenantId === undefined && expectedTenantId === undefined;
}

/**
 * A tenant that is left out stands for the one that the state holds, and `check` does not see the state.
 *
 * Only after `check`: a refresh that precedes an update compares resources that the program has dropped as well.
 *
 * @throws ProviderError `CSP_CLAIMED_TWICE` where another resource of the run was seen to declare that tenant.
 */
function declareResolved(run: Run, { id, tenantId, expectedTenantId }: CustomerSubscriptionState): void {
  const contradiction = run.claims.of(id) ? run.claims.declare(id, expectedTenantId ?? tenantId) : undefined;
  if (contradiction) throw contradiction;
}

/** Inputs that are fit and known, and which mapping they mean. */
type SettledInputs = CustomerSubscriptionInputs & { readonly id: CustomerSubscriptionId };

function wanted({ id, tenantId, overwrite = [], retainUntil, ...inputs }: SettledInputs) {
  return { id, tenantId, overwrite, retainUntil, access: readAccess(inputs) };
}

function outputsOf({ tenantId }: Ensured, inputs: CustomerSubscriptionInputs) {
  return writeOutputs({ tenantId, retainUntil: inputs.retainUntil, access: readAccess(inputs) });
}

/** Takes inputs that were judged again, because an import or another host may have skipped `check`. */
function settle({ inputs, issues, id }: CheckedInputs): SettledInputs {
  if (issues.length > 0) throw new Error(issues.map(({ message }) => message).join("\n"));
  refuseUnknown(inputs);
  const { registrationId, customerSubscriptionId, tenantId, overwrite, retainUntil } = inputs;
  if (!id) throw new ProviderError("CSP_STATE_UNREADABLE", { reason: `its registration is "${registrationId}"` });
  return {
    id,
    registrationId: requiredText("registrationId", registrationId),
    customerSubscriptionId: requiredText("customerSubscriptionId", customerSubscriptionId),
    ...(typeof tenantId === "string" ? { tenantId } : {}),
    ...(Array.isArray(overwrite) ? { overwrite: overwrite.filter((named) => typeof named === "string") } : {}),
    ...(typeof retainUntil === "string" ? { retainUntil } : {}),
    ...readAccess(inputs),
  };
}

/** Whether inputs of the last run name the same customer subscription. */
function isIdOf(properties: Readonly<Record<string, unknown>>, id: CustomerSubscriptionId): boolean {
  if (Object.keys(properties).length === 0) return false;
  const { id: before } = checkInputs(properties);
  return before !== undefined && customerSubscriptionKey(before) === customerSubscriptionKey(id);
}

function knownText(value: unknown): string | undefined {
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

/** `check` lets the stand-in pass, because a preview needs it; in a real run it comes from outputs of what has failed. */
function refuseUnknown(inputs: Readonly<Record<string, unknown>>): void {
  const property = Object.keys(inputs).find((name) => isUnknown(inputs[name]));
  if (property === undefined) return;
  throw new ProviderError("CSP_VALUE_UNKNOWN", { property, value: UNKNOWN_VALUE });
}

function requiredText(property: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new ProviderError("CSP_INPUT_REQUIRED", { property, hint: "" });
}
