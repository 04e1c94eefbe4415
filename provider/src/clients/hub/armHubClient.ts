import { hasCode, ProviderError } from "../../domain/errors/providerError.ts";
import type { HubEndpointKind } from "../../domain/hub.ts";
import type { UsagePageReader } from "../../domain/usage/createUsagePageReader.ts";
import type { UsageQuery } from "../../domain/usage/usageQuery.ts";
import type { HubSignIn } from "../access/hubSettings.ts";
import type { ArmTransport } from "../arm/armTransport.ts";
import { readAll } from "../arm/readArm.ts";
import { type Answer, describeAnswer } from "../wire/answer.ts";
import { readActivation, readLocalSubscription, readLocationName, readOwnSubscription } from "./hubBodies.ts";
import type { Activation, HubClient, HubDescription, HubUsagePage, LocalSubscription } from "./hubClient.ts";
import { type HubTarget, hubError } from "./hubError.ts";
import { onceFine } from "./onceFine.ts";
import { type AskedEndpoint, chooseSubscription, notChosen } from "./ownSubscription.ts";
import { USAGE_API_VERSION, usageListId, usageParameters } from "./usageUrl.ts";

const SUBSCRIPTIONS_API_VERSION = "2016-06-01";
const ADMIN_API_VERSION = "2015-11-01";
const ACTIVATIONS_API_VERSION = "2016-01-01";

/** What the client needs from outside. */
export interface ArmHubClientDeps {
  readonly kind: HubEndpointKind;
  /** `https://host[:port]` */
  readonly endpoint: string;
  /** Asks where one signs in; called once where it succeeds. */
  readonly discover: () => Promise<HubSignIn>;
  /** Makes the transport that signs in there. */
  readonly connect: (metadata: HubSignIn) => ArmTransport;
  readonly readPage: UsagePageReader;
  /** The subscription to ask by; by default it is looked up. */
  readonly subscriptionId?: string | undefined;
}

/** Makes the client; nothing is sent before the first question. */
export function createArmHubClient(deps: ArmHubClientDeps): HubClient {
  const { kind, endpoint, readPage } = deps;
  const { host } = new URL(endpoint);

  const connected = onceFine(async () => {
    const metadata = await deps.discover();
    return { metadata, transport: deps.connect(metadata) };
  });

  async function list<Item>(target: HubTarget, read: (body: unknown) => Item | undefined): Promise<readonly Item[]> {
    const { transport } = await connected();
    return await readAll({ transport, target, read, explain: hubError });
  }

  const ownSubscriptions = onceFine(async () => {
    const target = { id: "/subscriptions", action: "list", apiVersion: SUBSCRIPTIONS_API_VERSION } as const;
    return distinct(await list(target, readOwnSubscription));
  });

  const askedBy = onceFine(async () => {
    if (deps.subscriptionId !== undefined) return deps.subscriptionId;
    const visible = await ownSubscriptions();
    return chooseSubscription(await asked(), visible);
  });

  async function asked(): Promise<AskedEndpoint> {
    const { metadata } = await connected();
    return { kind, host, audience: metadata.audience };
  }

  async function operatorDirectory(): Promise<string | undefined> {
    // A subscription that was named may be a delegated provider's, and need not be listed.
    if (kind === "user" || deps.subscriptionId !== undefined) return undefined;
    const operators = await askedBy();
    return (await ownSubscriptions()).find(({ subscriptionId }) => subscriptionId === operators)?.tenantId;
  }

  /** The subscription whose usage a query is about, as its path has it. */
  async function subscriptionFor({ subscriberId }: UsageQuery): Promise<string> {
    const subscriptionId = kind === "user" && subscriberId !== undefined ? subscriberId : await askedBy();
    if (subscriptionId !== undefined) return subscriptionId;
    throw notChosen(await asked(), "the user has several, and each is asked by itself");
  }

  async function operatorSubscription(): Promise<string> {
    return await subscriptionFor({ window: { start: "", end: "" }, granularity: "daily" });
  }

  async function activation(): Promise<Activation | undefined> {
    const subscriptionId = await operatorSubscription();
    const group = `/subscriptions/${subscriptionId}/resourceGroups/azurestack-activation`;
    const id = `${group}/providers/Microsoft.AzureBridge.Admin/activations`;
    const target = { id, subscriptionId, action: "list", apiVersion: ACTIVATIONS_API_VERSION } as const;
    try {
      return (await list(target, readActivation))[0];
    } catch (error) {
      // The subscription was listed a moment ago: what is missing is the group of the record, which registering makes.
      if (hasCode(error, "CSP_PARENT_NOT_FOUND")) return undefined;
      throw error;
    }
  }

  const region = onceFine(async () => {
    const subscriptionId = await operatorSubscription();
    const id = `/subscriptions/${subscriptionId}/providers/Microsoft.Subscriptions.Admin/locations`;
    const target = { id, subscriptionId, action: "list", apiVersion: ADMIN_API_VERSION } as const;
    try {
      return (await list(target, readLocationName))[0];
    } catch (error) {
      // A delegated provider may not be told, and no usage depends on it.
      if (hasCode(error, ...NOT_TOLD_OF_REGION)) return undefined;
      throw error;
    }
  });

  async function describe(): Promise<HubDescription> {
    const { metadata } = await connected();
    const subscriptionId = await askedBy();
    const homeTenantId = await operatorDirectory();
    const own = { subscriptionId, homeTenantId, region: kind === "admin" ? await region() : undefined };
    return { kind, endpoint, ...metadata, ...own };
  }

  async function localSubscriptions(): Promise<readonly LocalSubscription[]> {
    if (kind === "user") return (await ownSubscriptions()).map((own) => ({ ...own, ...NOT_TOLD }));
    const subscriptionId = await operatorSubscription();
    const id = `/subscriptions/${subscriptionId}/providers/Microsoft.Subscriptions.Admin/subscriptions`;
    const target = { id, subscriptionId, action: "list", apiVersion: ADMIN_API_VERSION } as const;
    return distinct(await list(target, readLocalSubscription));
  }

  async function usagePage(query: UsageQuery, link?: string): Promise<HubUsagePage> {
    const { transport } = await connected();
    const subscriptionId = await subscriptionFor(query);
    const id = usageListId(kind, subscriptionId);
    const url = link ?? `${endpoint}${id}?${usageParameters(kind, query)}`;
    requireOwnLink(url);
    const answer = await transport.getPage({ subscriptionId, url });
    const target: HubTarget = {
      id,
      action: "list",
      apiVersion: USAGE_API_VERSION,
      query,
      isFurtherPage: link !== undefined,
    };
    if (answer.status !== 200) throw hubError(target, answer);
    const { body } = answer;
    const page = readPage(body, { host, answer: describeAnswer(answer) });
    if (page.nextLink !== undefined) requireNewLink(page.nextLink, url, answer);
    return { ...page, body, answeredAt: readDate(answer.header("date")) };
  }

  /** The token travels with the request, so that no other host is asked. */
  function requireOwnLink(link: string): void {
    if (URL.canParse(link) && new URL(link).origin === endpoint) return;
    const where = URL.canParse(link) ? `to another host, ${new URL(link).host}` : "nowhere, for it is no URL";
    const details = { request: `GET ${host}`, reason: `its nextLink leads ${where}` };
    throw new ProviderError("CSP_PAGING_BROKEN", details);
  }

  function requireNewLink(link: string, current: string, answer: Answer): void {
    if (link !== current) return;
    const details = { request: answer.request, reason: "its nextLink leads in a circle" };
    throw new ProviderError("CSP_PAGING_BROKEN", details, { answer: describeAnswer(answer) });
  }

  return { kind, endpoint, describe, localSubscriptions, activation, usagePage };
}

function readDate(text: string | undefined): number | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** How a Hub may say that its region is nobody's business. */
const NOT_TOLD_OF_REGION = ["CSP_HUB_NOT_AUTHORIZED", "CSP_PARENT_NOT_FOUND", "CSP_REQUEST_REFUSED"] as const;

/** What a user's endpoint does not tell of a subscription. */
const NOT_TOLD = { tenantId: undefined, owner: undefined, offerId: undefined, externalReferenceId: undefined };

/** Pages that overlap give a subscription twice. */
function distinct<Item extends { readonly subscriptionId: string }>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [item.subscriptionId.toLowerCase(), item])).values()];
}
