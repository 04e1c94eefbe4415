import { createHash } from "node:crypto";

/** How many rows a Hub answers a page with. */
const ROWS_IN_A_PAGE = 1_000;
const HOUR_IN_MS = 3_600_000;
/** `2026-10-01T18`, which is all that differs between two hours of the same day. */
const HOUR_LENGTH = 13;

const FOUR_DIGITS = Array.from({ length: 9_000 }, (_, index) => Buffer.from(String(1_000 + index), "latin1"));

const COMPUTE = "Microsoft.Compute/virtualMachines";
const STORAGE = "Microsoft.Storage/storageAccounts";

interface Meter {
  readonly id: string;
  readonly type: string;
  /** In one of how many hours the quantity is another one; 0: never. */
  readonly changesEvery: number;
  readonly quantity: (random: number) => string;
}

/** What a Hub's rows are mostly of, in the proportions of a recorded answer with more disks and addresses. */
const METERS: readonly Meter[] = [
  { id: "6dab500f-a4fd-49c4-956d-229bb9c8c793", type: COMPUTE, changesEvery: 0, quantity: () => "1.0" },
  { id: "9cd92d4c-bafd-4492-b278-bedc2de8232a", type: COMPUTE, changesEvery: 0, quantity: (r) => `${2 ** (r % 4)}.0` },
  {
    id: "B5C15376-6C94-4FDD-B655-1A69D138ACA3",
    type: STORAGE,
    changesEvery: 8,
    quantity: (r) => `${r % 97}.${digits(r, 15)}`,
  },
  { id: "09F8879E-87E9-4305-A572-4B7BE209F857", type: STORAGE, changesEvery: 6, quantity: (r) => `0.${digits(r, 18)}` },
  {
    id: "7ba084ec-ef9c-4d64-a179-7732c6cb5e28",
    type: "Microsoft.Compute/disks",
    changesEvery: 0,
    quantity: () => "0.0013440860215053762",
  },
  {
    id: "F271A8A388C44D93956A063E1D2FA80B",
    type: "Microsoft.Network/publicIPAddresses",
    changesEvery: 0,
    quantity: () => "1.0",
  },
  {
    id: "B4438D5D-453B-4EE1-B42A-DC72E377F1E4",
    type: STORAGE,
    changesEvery: 9,
    quantity: (r) => `${(r % 9) + 1}.${digits(r, 15)}e-06`,
  },
];

/** Where a page's text changes from hour to hour. */
interface Template {
  readonly body: Buffer;
  /** Of the hours in which usage began, each with how many hours before the reported one. */
  readonly starts: readonly (readonly [offset: number, hours: number])[];
  /** Of four digits each, with the number of hours after which they change. */
  readonly quantities: readonly (readonly [offset: number, every: number, seed: number])[];
}

/** The pages of usage of every hour alike, but for times and quantities; a page costs a copy of its text. */
export interface PageBodies {
  readonly pagesInAnHour: number;
  readonly rowsInAnHour: number;
  /** A page of the hour that begins at `start`, in milliseconds since 1970, with `nextLink` as given. */
  page(start: number, index: number, nextLink: string | undefined): Buffer;
}

/** Makes the pages of hours with that many rows each, of as many resources and meters as make them up. */
export function createPageBodies(rowsInAnHour: number): PageBodies {
  const pagesInAnHour = Math.ceil(rowsInAnHour / ROWS_IN_A_PAGE);
  const templates = Array.from({ length: pagesInAnHour }, (_, page) => {
    const first = page * ROWS_IN_A_PAGE;
    return createTemplate(first, Math.min(first + ROWS_IN_A_PAGE, rowsInAnHour));
  });
  return {
    pagesInAnHour,
    rowsInAnHour,
    page(start, index, nextLink) {
      const template = templates[index];
      if (!template) throw new RangeError(`There is no page ${index}.`);
      return fill(template, start, nextLink);
    },
  };
}

function createTemplate(first: number, end: number): Template {
  const starts: [number, number][] = [];
  const quantities: [number, number, number][] = [];
  let text = '{"value":[';
  for (let number = first; number < end; number++) {
    const { row, start, finish, quantity, hours, meter } = describeRow(number);
    const at = text.length + (number > first ? 1 : 0);
    text += number > first ? `,${row}` : row;
    starts.push([at + start, hours], [at + finish, hours - 1]);
    if (meter.changesEvery > 0) quantities.push([at + quantity, meter.changesEvery, hash(number)]);
  }
  return { body: Buffer.from(text, "latin1"), starts, quantities };
}

/** Row by its number: the same resource with the same meter in every hour. */
function describeRow(number: number) {
  const meter = METERS[number % METERS.length] as Meter;
  const random = hash(number);
  const resource = Math.floor(number / 3);
  const subscriptionId = guid(`subscription ${resource % 500}`);
  // One in twenty is reported an hour late.
  const hours = random % 20 === 0 ? 2 : 1;
  const name = `${subscriptionId}-${meter.id}`;
  const group = random % 11 === 0 ? "RG-PRODUCTION" : `rg-${resource % 40}`;
  const instance = {
    resourceUri: `/subscriptions/${subscriptionId}/resource${random % 2 ? "G" : "g"}roups/${group}/providers/${meter.type}/r${resource}`,
    location: "paris",
    tags: meter.type === COMPUTE ? "null" : "",
    additionalInfo:
      meter.type === COMPUTE
        ? '{"ServiceType":"Standard_F2s","ImageType":null,"Publisher":"MicrosoftWindowsServer","Offer":"WindowsServer","Sku":"2016-Datacenter"}'
        : "",
  };
  const instanceData = JSON.stringify(JSON.stringify({ "Microsoft.Resources": instance }));
  const hour = "0000-00-00T00";
  const before = `{"id":"/subscriptions/39c82aed-b2b7-4a66-abdb-611de00bf11e/providers/Microsoft.Commerce/UsageAggregate/${name}","name":"${name}","type":"Microsoft.Commerce/UsageAggregate","properties":{"subscriptionId":"${subscriptionId}","usageStartTime":"`;
  const between = `${before}${hour}:00:00+00:00","usageEndTime":"`;
  const measured = `${between}${hour}:00:00+00:00","instanceData":${instanceData},"quantity":`;
  const quantity = meter.quantity(random);
  return {
    row: `${measured}${quantity},"meterId":"${meter.id}","name":"${name}"}}`,
    start: before.length,
    finish: between.length,
    // Four digits behind the point, where every quantity that changes has more of them.
    quantity: measured.length + quantity.indexOf(".") + 3,
    hours,
    meter,
  };
}

function fill({ body, starts, quantities }: Template, start: number, nextLink: string | undefined): Buffer {
  const rest = nextLink === undefined ? "]}" : `],"nextLink":${JSON.stringify(nextLink)}}`;
  const page = Buffer.allocUnsafe(body.length + rest.length);
  body.copy(page);
  page.write(rest, body.length, "latin1");
  const hours = [0, 1, 2].map((back) => Buffer.from(new Date(start - back * HOUR_IN_MS).toISOString(), "latin1"));
  for (const [offset, back] of starts) write(page, offset, hours[back] as Buffer, HOUR_LENGTH);
  const hour = Math.floor(start / HOUR_IN_MS);
  for (const [offset, every, seed] of quantities) {
    const step = Math.floor((hour + (seed % every)) / every);
    write(page, offset, FOUR_DIGITS[(step * 7_919 + seed) % 9_000] as Buffer, 4);
  }
  return page;
}

/** A loop, because a call of Buffer's own costs more than so few bytes. */
function write(page: Buffer, offset: number, bytes: Buffer, length: number): void {
  for (let index = 0; index < length; index++) page[offset + index] = bytes[index] as number;
}

/** Digits that look drawn, and are the same every time. */
function digits(random: number, length: number): string {
  return Array.from({ length }, (_, place) => (hash(random + place) % 9) + 1).join("");
}

function hash(number: number): number {
  const mixed = Math.imul(number ^ (number >>> 15), 0x2c1b3c6d);
  return (Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) ^ (mixed >>> 7)) >>> 0;
}

function guid(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
