/** One choice for every point on which the sources about Azure disagree or are silent, and which of them serve as default. */
const choices = {
  /** What a PUT of a customer subscription answers. The OpenAPI file says 200 with a body, the manual 201 without. */
  putAnswer: ["200-body", "201-body", "201-empty", "200-empty"],
  /** What a DELETE of a customer subscription that existed answers. */
  deleteAnswer: ["200", "204"],
  /** The `name` member: the OpenAPI examples and recordings show the parent in it, the manual does not. */
  nameForm: ["registration/subscription", "subscription"],
  /** Whether the customer subscription id in a path is compared with regard to case. */
  idCase: ["insensitive", "strict"],
  /** Which spelling of the page link lists carry; every one was seen in real traffic, or stands in the manual. */
  nextLinkForm: [
    "%24skiptoken",
    "%24skipToken",
    "$skiptoken",
    "$skipToken",
    "%24skip",
    "second-question-mark",
    "other-case",
    "other-host",
  ],
  /** What stands for the page link on the last page. */
  lastNextLink: ["absent", "null", "empty"],
  /** Whether a list begins with a page that is empty and still has a page link. */
  emptyPages: ["never", "first"],
  /** What happens to a directory tenant's earlier customer subscription when another one takes the tenant over. */
  overwrite: ["removes", "leaves"],
  /** Whether a lock on a registration also holds its customer subscriptions. */
  childLocks: ["bite", "ignore"],
  /** What a PUT does with a tenant id that is not the subscription's directory. */
  contradictingTenant: ["as-given", "derived", "refused"],
  /** Which calls a registration refuses that is capacity-billed or not approved. */
  registrationRefuses: ["put", "all"],
  /** Whether resources of the Azure Stack namespace answer HEAD (204 or 404), or refuse it with 405. */
  head: ["answered", "refused"],
  /** Whether a 429 carries `Retry-After`. */
  retryAfter: ["sent", "omitted"],
  /** What a reported window tells of usage that others tell of too: its own part of it, or all of it up to its end. */
  usageCut: ["parts", "totals"],
  /** Whether continuation tokens of usage are taken, or refused as expired. */
  usageTokens: ["taken", "expired"],
  /** What usage of all subscribers at once comes to: the recorded answer, and minutes later the recorded 504. */
  usageOfAll: ["answered", "times-out"],
  /** What usage up to a time of today comes to; one manual forbids it, the other does not. */
  usageOfToday: ["answered", "not-completed"],
} as const;

type Choices = typeof choices;

/** How the emulated service behaves where sources disagree; frozen. */
export type Modes = Readonly<{ [Name in keyof Choices]: Choices[Name][number] }> & {
  /** Entries a list page holds. */
  readonly pageSize: number;
  /** List requests that a write stays unseen for; `"held"` until told over the control endpoint. */
  readonly listLag: number | "held";
  /** Rows that a page of usage holds. */
  readonly usagePageSize: number;
  /** Hours from the report to the time when Azure looks up whom to bill. */
  readonly usageBilledAfter: number;
};

/** The modes that are whole numbers, and the least that each can be. */
const numbers = { pageSize: 1, listLag: 0, usagePageSize: 1, usageBilledAfter: 0 } as const;

/** The behaviour where no mode is given. */
export const defaultModes: Modes = Object.freeze({
  putAnswer: "200-body",
  deleteAnswer: "200",
  nameForm: "registration/subscription",
  idCase: "insensitive",
  nextLinkForm: "%24skiptoken",
  lastNextLink: "absent",
  emptyPages: "never",
  overwrite: "removes",
  childLocks: "bite",
  contradictingTenant: "as-given",
  registrationRefuses: "put",
  head: "answered",
  retryAfter: "sent",
  pageSize: 100,
  listLag: 0,
  usageCut: "parts",
  usageTokens: "taken",
  usageOfAll: "answered",
  usageOfToday: "answered",
  usagePageSize: 1_000,
  usageBilledAfter: 6,
});

/**
 * The modes that `changes` makes of `base`, frozen.
 *
 * @throws RangeError naming the mode, the value and what is allowed.
 */
export function applyModes(base: Modes, changes: Readonly<Record<string, unknown>>): Modes {
  for (const [name, value] of Object.entries(changes)) checkMode(name, value);
  return Object.freeze({ ...base, ...changes });
}

/** The modes of one emulator, which can be changed while it runs. */
export interface ModeSwitch {
  current(): Modes;
  /**
   * Changes some of them.
   *
   * @throws RangeError for a mode that does not exist, and for `idCase`.
   */
  change(changes: Readonly<Record<string, unknown>>): void;
}

/**
 * Modes that start as the defaults with `initial` laid over them.
 *
 * @throws RangeError for a mode or a value that does not exist.
 */
export function createModeSwitch(initial: Readonly<Record<string, unknown>>): ModeSwitch {
  let modes = applyModes(defaultModes, initial);
  return {
    current: () => modes,
    change(changes) {
      // Entries are filed under the spelling that this mode asks for.
      if ("idCase" in changes) throw new RangeError('Mode "idCase" is set at the start only.');
      modes = applyModes(modes, changes);
    },
  };
}

/**
 * Reads `name=value` as the command line gives it.
 *
 * @throws RangeError when it has no `=`.
 */
export function parseModeArgument(argument: string): Record<string, unknown> {
  const split = argument.indexOf("=");
  if (split < 1) throw new RangeError(`Mode "${argument}" has no value. Write it as name=value.`);
  const value = argument.slice(split + 1);
  return {
    [argument.slice(0, split)]: /^\d+$/.test(value) && !isChoice(argument.slice(0, split)) ? Number(value) : value,
  };
}

function isChoice(name: string): name is keyof Choices {
  return Object.hasOwn(choices, name);
}

function isNumber(name: string): name is keyof typeof numbers {
  return Object.hasOwn(numbers, name);
}

function checkMode(name: string, value: unknown): void {
  if (isChoice(name)) {
    const allowed: readonly unknown[] = choices[name];
    if (!allowed.includes(value))
      throw new RangeError(`Mode ${name} cannot be "${value}". Allowed: ${allowed.join(", ")}.`);
    return;
  }
  if (name === "listLag" && value === "held") return;
  if (!isNumber(name)) {
    const known = [...Object.keys(choices), ...Object.keys(numbers)];
    throw new RangeError(`There is no mode "${name}". Known: ${known.join(", ")}.`);
  }
  const least = numbers[name];
  if (!Number.isInteger(value) || Number(value) < least) {
    throw new RangeError(`Mode ${name} cannot be "${value}". Give a whole number from ${least} on.`);
  }
}
