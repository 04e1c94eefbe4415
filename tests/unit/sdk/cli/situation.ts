import fc from "fast-check";
import { subscription, tenant } from "../../provider/lifecycle/customerSubscription/harness.ts";

/** Whether a registration can be read: it and its list, it alone, or neither, for several reasons. */
export type Reading = "open" | "listForbidden" | "forbidden" | "unreachable" | "signedOut" | "gone";

/** A tenant's number, and that of the customer subscription that it is mapped to. */
export interface Pair {
  readonly t: number;
  readonly s: number;
}

/** What the stack holds of a mapping. */
interface HeldPair extends Pair {
  /** Whether it came into the state beside a run. */
  readonly isEdited?: boolean;
  /** The number of the directory that the state has it marked with. */
  readonly directory?: number;
  readonly retainUntil?: string;
}

/** A registration as it is, as the list has it and as the stack has it. */
export interface Hub {
  readonly key: string;
  readonly reading: Reading;
  readonly isListed: boolean;
  readonly billingModel: "PayAsYouUse" | "Capacity";
  readonly lock: "none" | "CanNotDelete" | "ReadOnly";
  readonly areLocksForbidden: boolean;
  readonly isUpperCase: boolean;
  readonly live: readonly Pair[];
  /** The customer subscriptions whose tenant Azure does not tell. */
  readonly untold: readonly number[];
  readonly declared: readonly Pair[];
  readonly held: readonly HeldPair[];
}

/** A list, what is live and what a stack manages; and what becomes of it behind the run. */
export interface Situation {
  readonly hubs: readonly Hub[];
  /** The directories of customer subscriptions, by their numbers; one that is not here is not told. */
  readonly directories: ReadonlyMap<number, number>;
  readonly areDirectoriesUnread: boolean;
  /** Whether the guard lets everything pass, or what it lets pass by default. */
  readonly isUnguarded: boolean;
  /** Whether a row stands in the list twice. */
  readonly isDoubled: boolean;
  /** How each registration is read once the run has come to its end. */
  readonly readingAfter: readonly Reading[];
  /** What somebody else does to a live mapping of the first registration before that. */
  readonly meanwhile: "nothing" | "removal" | "another tenant";
}

const MOST_CUSTOMERS = 6;

/** Numbers of ids that nobody has right: what stands in their place when something is wrong. */
const WRONG = { subscription: 20, tenant: 30, directory: 40, listed: 50, extra: 60 } as const;

/** Where much goes wrong at once nothing passes, and what passes is what has to be looked at. */
const mostly = <Value>(usual: Value, ...others: readonly Value[]) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: others.length * 7 }, ...others.map((each) => fc.constant(each)));

const reading = mostly<Reading>("open", "listForbidden", "forbidden", "unreachable", "signedOut", "gone");

const customer = fc.record({
  isDeclared: mostly(true, false),
  live: mostly("right", "missing", "otherTenant", "otherSubscription", "untold"),
  held: mostly("right", "none", "edited", "marked", "otherTenant", "otherSubscription", "retained"),
});

const hub = fc.record({
  reading,
  isListed: mostly(true, false),
  billingModel: mostly<Hub["billingModel"]>("PayAsYouUse", "Capacity"),
  lock: fc.constantFrom<Hub["lock"]>("none", "none", "CanNotDelete", "ReadOnly"),
  areLocksForbidden: mostly(false, true),
  isUpperCase: fc.boolean(),
  hasExtra: mostly(false, true),
  customers: fc.array(customer, { minLength: MOST_CUSTOMERS, maxLength: MOST_CUSTOMERS }),
});

type Slip = "none" | "dropped" | "swapped" | "shifted" | "doubled" | "wrongSubscription" | "wrongTenant";

/** The rows after a slip of whoever edits the list; each customer's own tenant and subscription have its number. */
function rowsAfter(slip: Slip, { count, at }: { readonly count: number; readonly at: number }): readonly Pair[] {
  const rows = Array.from({ length: count }, (_, index) => ({ t: index + 1, s: index + 1 }));
  const place = at % count;
  const next = (place + 1) % count;
  if (slip === "dropped") return rows.filter((_, index) => index !== place);
  if (slip === "shifted") return rows.map(({ t }, index) => ({ t, s: index + 1 < count ? t + 1 : WRONG.listed }));
  return rows.map((row, index) => {
    if (slip === "swapped" && index === place) return { ...row, s: next + 1 };
    if (slip === "swapped" && index === next) return { ...row, s: place + 1 };
    if (index !== place) return row;
    if (slip === "wrongSubscription") return { ...row, s: WRONG.listed + row.s };
    return slip === "wrongTenant" ? { ...row, t: WRONG.listed + row.t } : row;
  });
}

type Customer = typeof customer extends fc.Arbitrary<infer One> ? One : never;

function liveOf({ live }: Customer, n: number): readonly Pair[] {
  if (live === "missing") return [];
  if (live === "otherTenant") return [{ t: WRONG.tenant + n, s: n }];
  return [{ t: n, s: live === "otherSubscription" ? WRONG.subscription + n : n }];
}

function heldOf({ held }: Customer, n: number): readonly HeldPair[] {
  if (held === "none") return [];
  if (held === "otherTenant") return [{ t: WRONG.tenant + n, s: n }];
  if (held === "otherSubscription") return [{ t: n, s: WRONG.subscription + n }];
  if (held === "edited") return [{ t: n, s: n, isEdited: true }];
  if (held === "marked") return [{ t: n, s: n, directory: WRONG.directory + n }];
  return [{ t: n, s: n, ...(held === "retained" ? { retainUntil: "2026-12-31" } : {}) }];
}

/** Any situation of one to three registrations and up to six customers. */
export const situation: fc.Arbitrary<Situation> = fc
  .record({
    hubs: fc.array(hub, { minLength: 1, maxLength: 3 }),
    count: fc.integer({ min: 1, max: MOST_CUSTOMERS }),
    slip: mostly<Slip>("none", "dropped", "swapped", "shifted", "doubled", "wrongSubscription", "wrongTenant"),
    at: fc.nat(MOST_CUSTOMERS - 1),
    directories: fc.array(mostly("own", "untold", "other"), { minLength: MOST_CUSTOMERS, maxLength: MOST_CUSTOMERS }),
    areDirectoriesUnread: mostly(false, true),
    isUnguarded: fc.boolean(),
    readingAfter: fc.array(reading, { minLength: 3, maxLength: 3 }),
    meanwhile: mostly<Situation["meanwhile"]>("nothing", "removal", "another tenant"),
  })
  .map(({ hubs, count, slip, at, directories, ...rest }) => {
    const rows = rowsAfter(slip, { count, at });
    const known = directories.map((whose, index) => [index + 1, whose] as const).filter(([n]) => n <= count);
    return {
      ...rest,
      isDoubled: slip === "doubled",
      directories: new Map(
        known.flatMap(([n, whose]) =>
          whose === "untold" ? [] : [[n, whose === "own" ? n : WRONG.directory + n] as const],
        ),
      ),
      hubs: hubs.map(({ customers, hasExtra, ...facts }, index) => {
        const own = customers.slice(0, count).map((each, at) => ({ each, n: at + 1 }));
        const isDeclared = ({ t }: Pair) => customers[(t - 1) % WRONG.listed]?.isDeclared ?? false;
        const extra = hasExtra ? [{ t: WRONG.extra, s: WRONG.extra }] : [];
        return {
          ...facts,
          key: ["paris", "lyon", "lille"][index] ?? "",
          live: [...own.flatMap(({ each, n }) => liveOf(each, n)), ...extra],
          untold: own.filter(({ each }) => each.live === "untold").map(({ n }) => n),
          declared: facts.isListed ? rows.filter(isDeclared) : [],
          held: own.flatMap(({ each, n }) => heldOf(each, n)),
        };
      }),
    };
  });

/** What is so, found out from a situation alone. */
export interface Truth {
  /** The registrations that list or stack have and that cannot be read: by their keys, else by their names. */
  readonly unread: readonly string[];
  readonly declared: number;
  /** How many declared mappings can be read and are live as declared. */
  readonly liveAsDeclared: number;
  /** How many of them the stack holds, too. */
  readonly liveAndHeld: number;
  /** Whether anything that is not declared can be read as live on the registrations that list or stack have. */
  readonly hasOthers: boolean;
}

/** Finds out what is so; what is live by now is given where a run has changed it. */
export function truthOf(
  hubs: readonly Hub[],
  { liveOn = ({ live }) => live }: { readonly liveOn?: (hub: Hub) => readonly Pair[] } = {},
): Truth {
  const concerned = hubs.filter(({ isListed, held }) => isListed || held.length > 0);
  // A registration that is gone from Azure and from the list is nothing to be read.
  const closed = concerned.filter(({ reading, isListed }) => reading !== "open" && (reading !== "gone" || isListed));
  const open = concerned.filter(({ reading }) => reading === "open");
  const told = open.flatMap((each) =>
    each.declared
      .filter(({ s }) => !each.untold.includes(s))
      .filter((row) => liveOn(each).some((live) => isSame(live, row)))
      .map((row) => ({ each, row })),
  );
  return {
    unread: closed.map(({ key, isListed }) => (isListed ? key : nameOf(key))),
    declared: hubs.reduce((sum, { declared }) => sum + declared.length, 0),
    liveAsDeclared: told.length,
    liveAndHeld: told.filter(({ each, row }) => each.held.some((held) => isSame(held, row))).length,
    hasOthers: open.some((each) => liveOn(each).some((live) => !each.declared.some((row) => isSame(live, row)))),
  };
}

/** Whether everything was read, and every declared mapping is live as declared. */
export function isAllAsDeclared({ unread, declared, liveAsDeclared }: Truth): boolean {
  return unread.length === 0 && liveAsDeclared === declared;
}

/** The name of the registration that a key stands for. */
export function nameOf(key: string): string {
  return `azurestack-${key}`;
}

function isSame(left: Pair, right: Pair): boolean {
  return left.t === right.t && left.s === right.s;
}

/** The numbers of a mapping's ids, in any letter case. */
export function pairOf({ tenantId, customerSubscriptionId }: ReturnType<typeof idsOf>): Pair {
  return { t: Number(tenantId.slice(-12)), s: Number(customerSubscriptionId.slice(-12)) };
}

/** The ids of a pair. */
export function idsOf({ t, s }: Pair): { readonly tenantId: string; readonly customerSubscriptionId: string } {
  return { tenantId: tenant(t), customerSubscriptionId: subscription(s) };
}
