import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { LiveValidator } from "oav/dist/lib/liveValidation/liveValidator.js";
import { type Call, createHubCaller } from "../support/caller.ts";
import { sample } from "../support/sample.ts";

const { alpes, delmas } = sample;
const NEW_ID = "6c7c1d3e-5b0b-4d6e-9a53-3d0f4d1b2c11";
const LIST = "/providers/Microsoft.Subscriptions.Admin/subscriptions";
const DIRECTORIES = "/resourcegroups/system.paris1/providers/Microsoft.Subscriptions.Admin/directoryTenants";
const ACTIVATIONS = "/resourceGroups/azurestack-activation/providers/Microsoft.AzureBridge.Admin/activations";
const bridge = "2016-01-01";

interface Exchange {
  readonly title: string;
  readonly method: string;
  /** Below the Default Provider Subscription. */
  readonly path: string;
  readonly body?: object;
  readonly apiVersion?: string;
  /** Findings that are right to be there. @default none */
  readonly findings?: readonly string[];
}

/** The OpenAPI file lacks two members that every recording has. */
const recordedMembers = (operation: string) => Array(2).fill(`${operation} OBJECT_ADDITIONAL_PROPERTIES`);

const exchanges: readonly Exchange[] = [
  { title: "list of local subscriptions", method: "GET", path: LIST },
  { title: "missing local subscription", method: "GET", path: `${LIST}/${NEW_ID}` },
  {
    title: "new local subscription",
    method: "PUT",
    path: `${LIST}/${NEW_ID}`,
    body: { displayName: "Delmas - essai", owner: "admin@delmas.example", tenantId: delmas.tenantId, state: "Enabled" },
  },
  { title: "deleted missing local subscription", method: "DELETE", path: `${LIST}/${NEW_ID}` },
  { title: "list of directories", method: "GET", path: DIRECTORIES },
  { title: "missing directory", method: "GET", path: `${DIRECTORIES}/nowhere.example` },
  {
    title: "new directory",
    method: "PUT",
    path: `${DIRECTORIES}/cliniquedesalpes.onmicrosoft.com`,
    body: { location: "paris1", properties: { tenantId: alpes.tenantId } },
  },
  { title: "deleted directory", method: "DELETE", path: `${DIRECTORIES}/atelierbeaumont.onmicrosoft.com` },
  { title: "locations", method: "GET", path: "/providers/Microsoft.Subscriptions.Admin/locations" },
  { title: "location", method: "GET", path: "/providers/Microsoft.Subscriptions.Admin/locations/paris1" },
  {
    title: "list of activations",
    method: "GET",
    path: ACTIVATIONS,
    apiVersion: bridge,
    findings: recordedMembers("Activations_List"),
  },
  {
    title: "activation",
    method: "GET",
    path: `${ACTIVATIONS}/default`,
    apiVersion: bridge,
    findings: recordedMembers("Activations_Get"),
  },
  { title: "missing activation", method: "GET", path: `${ACTIVATIONS}/other`, apiVersion: bridge },
];

describe("answers to a Hub's operator, by the OpenAPI files", () => {
  let validator: LiveValidator;
  let emulator: Emulator;
  let call: Call;

  before(async function () {
    this.timeout(60_000);
    validator = new LiveValidator({
      directory: fileURLToPath(new URL("../../fixtures/openapi", import.meta.url)),
      swaggerPathsPattern: ["azsadmin/**/*.json"],
      excludedSwaggerPathsPattern: ["**/examples/**"],
      git: { shouldClone: false },
    });
    await validator.initialize();
  });
  beforeEach(async () => {
    emulator = await createEmulator();
    call = await createHubCaller(emulator, { endpoint: "admin" });
  });
  afterEach(() => emulator.close());

  const validate = async ({ method, path: below, body, apiVersion = "2015-11-01" }: Exchange, colour?: string) => {
    const path = `/subscriptions/${emulator.hubs[0]?.admin.subscriptionId}${below}`;
    const answer = await call(method, path, { apiVersion, ...(body ? { body } : {}) });
    const headers = { "content-type": "application/json" };
    const content = typeof answer.body === "object" && answer.body !== null ? { ...answer.body } : undefined;
    const result = await validator.validateLiveRequestResponse({
      liveRequest: {
        method,
        url: `https://adminmanagement.local.azurestack.external${path}?api-version=${apiVersion}`,
        headers,
        query: { "api-version": apiVersion },
        ...(body ? { body: { ...body } } : {}),
      },
      liveResponse: {
        statusCode: String(answer.status),
        headers,
        ...(content ? { body: { ...content, ...(colour ? { colour } : {}) } } : {}),
      },
    });
    assert.equal(result.runtimeException, undefined);
    assert.deepEqual(result.requestValidationResult.errors, []);
    const { errors, operationInfo } = result.responseValidationResult;
    return errors.map(({ code }) => `${operationInfo.operationId} ${code}`);
  };

  for (const exchange of exchanges) {
    it(`fit: ${exchange.title}`, async () => {
      assert.deepEqual(await validate(exchange), exchange.findings ?? []);
    });
  }

  it("would be found out if they did not fit", async () => {
    const findings = await validate({ title: "", method: "GET", path: LIST }, "red");

    assert.deepEqual(findings, ["Subscriptions_List OBJECT_ADDITIONAL_PROPERTIES"]);
  });
});
