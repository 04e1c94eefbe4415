import { createHttpHeaders, type PipelineRequest } from "@azure/core-rest-pipeline";
import { createArmTransport } from "../../../../../provider/src/clients/arm/armTransport.ts";
import { createArmHubClient } from "../../../../../provider/src/clients/hub/armHubClient.ts";
import type { HubClient } from "../../../../../provider/src/clients/hub/hubClient.ts";
import { createHubService } from "../../../../../provider/src/clients/hub/hubService.ts";
import type { Clock } from "../../../../../provider/src/clients/wire/clock.ts";
import { createWire } from "../../../../../provider/src/clients/wire/wire.ts";
import type { HubEndpointKind } from "../../../../../provider/src/domain/hub.ts";
import { createUsagePageReader } from "../../../../../provider/src/domain/usage/createUsagePageReader.ts";

/** What a Hub answers: a status, 200 by default, and a body. */
export interface FakeAnswer {
  readonly status?: number;
  readonly body: unknown;
}

export const HUB = "https://adminmanagement.local.azurestack.external";
export const PROVIDER_SUBSCRIPTION = "74c72bdc-d917-431c-a377-8ca80f4238a0";

const OPERATORS = { value: [{ subscriptionId: PROVIDER_SUBSCRIPTION, displayName: "Default Provider Subscription" }] };

/** The production client behind a wire whose other end is the function; requests without an answer of it get the operator's subscription. */
export function connectFakeHub(
  answer: (url: URL, count: number) => FakeAnswer | undefined,
  { kind = "admin" }: { readonly kind?: HubEndpointKind } = {},
): { readonly client: HubClient; readonly sent: string[]; readonly paused: () => number } {
  const sent: string[] = [];
  const clock = createHastyClock();
  async function sendRequest(request: PipelineRequest) {
    sent.push(request.url);
    const found = answer(new URL(request.url), sent.length) ?? { body: OPERATORS };
    const bodyAsText = typeof found.body === "string" ? found.body : JSON.stringify(found.body);
    return { request, status: found.status ?? 200, headers: createHttpHeaders(), bodyAsText };
  }
  const audience = kind === "admin" ? `${HUB}/id` : `${HUB.replace("admin", "")}/id`;
  const metadata = { identityProvider: "entra", authority: "https://login.example", audience } as const;
  const client = createArmHubClient({
    kind,
    endpoint: HUB,
    readPage: createUsagePageReader(),
    discover: async () => metadata,
    connect({ audience }) {
      const wire = createWire(createHubService({ endpoint: HUB, audience }), {
        httpClient: async () => ({ sendRequest }),
        clock,
        newId: () => "c0ffee00-0000-4000-8000-000000000000",
        changeLog: { open: async () => {}, observe: () => {} },
        secrets: [],
      });
      const credential = () => ({
        getToken: async () => ({ token: "signed", expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
      });
      return createArmTransport({ wire, endpoint: HUB, credential, directoryOf: async () => undefined });
    },
  });
  return { client, sent, paused: clock.paused };
}

/** The error of a code, as ARM writes one. */
export function refusal(status: number, code: string): FakeAnswer {
  return { status, body: { error: { code, message: "As documented." } } };
}

/** A clock that jumps over every pause and counts them up. */
function createHastyClock(): Clock & { readonly paused: () => number } {
  let ahead = 0;
  return {
    now: () => ahead,
    random: () => 1,
    async sleep(pauseInMs) {
      ahead += pauseInMs;
    },
    paused: () => ahead,
  };
}
