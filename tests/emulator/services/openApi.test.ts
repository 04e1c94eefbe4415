import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { createRegistrationToken, type Emulator, type Modes } from "@azurestack-csp/emulator";
import { LiveValidator } from "oav/dist/lib/liveValidation/liveValidator.js";
import { type Answer, type Call, startCalled } from "../support/caller.ts";
import { customerSubscriptionPath, registrationPath, registrationsPath, sample } from "../support/sample.ts";

const { beaumont, delmas, lyon, marseille, paris } = sample;
const LIST = `${registrationPath(paris)}/customerSubscriptions`;
const HUB = {
  cloudId: "5bf881b2-6be7-42a1-9f47-d6fcb6737747",
  objectId: "2dbdd5f4-daf3-442a-be35-b71c3debee5a",
  billingModel: "PayAsYouUse",
};
const registration = { location: "global", properties: { registrationToken: createRegistrationToken(HUB) } };

interface Exchange {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly modes?: Partial<Modes>;
}

/** Findings that are right to be there; every other is a failure, and so is one of these that is no longer found. */
const allowed = [
  {
    title: "new customer subscription, answered 201",
    finding: "CustomerSubscriptions_Create INVALID_RESPONSE_CODE",
    reason: "the manual's answer, 201, is not in the OpenAPI file; only the modes that ask for it give it",
  },
] as const;

const exchanges: readonly Exchange[] = [
  { title: "list of customer subscriptions", method: "GET", path: LIST },
  { title: "page of customer subscriptions", method: "GET", path: LIST, modes: { pageSize: 1 } },
  { title: "customer subscription", method: "GET", path: customerSubscriptionPath(paris, beaumont.subscriptionId) },
  {
    title: "missing customer subscription",
    method: "GET",
    path: customerSubscriptionPath(paris, delmas.subscriptionId),
  },
  {
    title: "new customer subscription",
    method: "PUT",
    path: customerSubscriptionPath(paris, delmas.subscriptionId),
    body: { properties: { tenantId: delmas.tenantId } },
  },
  {
    title: "new customer subscription, answered 201",
    method: "PUT",
    path: customerSubscriptionPath(paris, delmas.subscriptionId),
    body: { properties: {} },
    modes: { putAnswer: "201-body" },
  },
  {
    title: "refused customer subscription",
    method: "PUT",
    path: customerSubscriptionPath(marseille, delmas.subscriptionId),
    body: { properties: {} },
  },
  {
    title: "deleted customer subscription",
    method: "DELETE",
    path: customerSubscriptionPath(paris, beaumont.subscriptionId),
  },
  {
    title: "deleted missing customer subscription",
    method: "DELETE",
    path: customerSubscriptionPath(paris, delmas.subscriptionId),
  },
  {
    title: "locked customer subscription",
    method: "DELETE",
    path: customerSubscriptionPath(lyon, delmas.subscriptionId),
  },
  { title: "registrations of a group", method: "GET", path: registrationsPath(paris.subscriptionId) },
  {
    title: "registrations of a subscription",
    method: "GET",
    path: `/subscriptions/${paris.subscriptionId}/providers/Microsoft.AzureStack/registrations`,
  },
  { title: "registration", method: "GET", path: registrationPath(paris) },
  { title: "missing registration", method: "GET", path: registrationPath({ ...paris, name: "nowhere" }) },
  {
    title: "new registration",
    method: "PUT",
    path: registrationPath({ ...paris, name: "azurestack-hub-nice" }),
    body: registration,
  },
  { title: "registration of another Hub", method: "PUT", path: registrationPath(paris), body: registration },
  { title: "deleted registration", method: "DELETE", path: registrationPath(paris) },
  { title: "activation key", method: "POST", path: `${registrationPath(paris)}/getactivationkey` },
  { title: "operations", method: "GET", path: "/providers/Microsoft.AzureStack/operations" },
];

for (const apiVersion of ["2017-06-01", "2022-06-01"]) {
  describe(`answers at ${apiVersion}, by the OpenAPI files`, () => {
    let validator: LiveValidator;
    let emulator: Emulator;
    let call: Call;

    before(async function () {
      this.timeout(60_000);
      validator = new LiveValidator({
        directory: fileURLToPath(new URL("../../fixtures/openapi", import.meta.url)),
        swaggerPathsPattern: [`azurestack/**/${apiVersion}/*.json`],
        excludedSwaggerPathsPattern: ["**/examples/**"],
        git: { shouldClone: false },
      });
      await validator.initialize();
    });
    beforeEach(async () => {
      ({ emulator, call } = await startCalled());
    });
    afterEach(() => emulator.close());

    const validate = async ({ method, path, body, modes = {} }: Exchange, change = (answer: Answer) => answer.body) => {
      emulator.setModes(modes);
      const answer = await call(method, path, { apiVersion, ...(body === undefined ? {} : { body }) });
      const url = `https://management.azure.com${path}?api-version=${apiVersion}`;
      const headers = { "content-type": "application/json" };
      const result = await validator.validateLiveRequestResponse({
        liveRequest: { method, url, headers, query: { "api-version": apiVersion }, ...bodyMember(body) },
        liveResponse: { statusCode: String(answer.status), headers, ...bodyMember(change(answer)) },
      });
      assert.equal(result.runtimeException, undefined);
      assert.deepEqual(result.requestValidationResult.errors, []);
      const { errors, operationInfo } = result.responseValidationResult;
      return errors.map(({ code }) => `${operationInfo.operationId} ${code}`);
    };

    for (const exchange of exchanges) {
      it(`fit: ${exchange.title}`, async () => {
        const reasons: readonly string[] = allowed
          .filter(({ title }) => title === exchange.title)
          .map(({ finding }) => finding);

        assert.deepEqual(await validate(exchange), reasons);
      });
    }

    it("would be found out if they did not fit", async () => {
      const findings = await validate({ title: "", method: "GET", path: registrationPath(paris) }, (answer) => ({
        ...Object(answer.body),
        colour: "red",
      }));

      assert.deepEqual(findings, ["Registrations_Get OBJECT_ADDITIONAL_PROPERTIES"]);
    });
  });
}

function bodyMember(body: unknown): { readonly body?: Record<string, unknown> } {
  return typeof body === "object" && body !== null ? { body: { ...body } } : {};
}
