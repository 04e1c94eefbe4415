import assert from "node:assert/strict";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { answerOf, parseErrorBody } from "../../../../provider/src/clients/arm/armAnswer.ts";
import type { ArmTransport } from "../../../../provider/src/clients/arm/armTransport.ts";
import {
  readCustomerSubscription,
  readLock,
  readRegistration,
} from "../../../../provider/src/clients/registrations/armBodies.ts";
import { createSubscriptionNames } from "../../../../provider/src/clients/registrations/subscriptionNames.ts";
import { longestMatched } from "../../../support/longestMatched.ts";
import { answer } from "./answers.ts";

const registration = "/subscriptions/s/resourceGroups/g/providers/Microsoft.AzureStack/registrations/r";
const HOSTILE = "a\u001b]0;b\u0007\n::error::\u202e";
const ESCAPED = "a\\u001B]0;b\\u0007\\n::error::\\u202E";

describe("what Azure's bodies hold", () => {
  it("is escaped where it cannot be printed", () => {
    const mapping = { id: `${registration}/customerSubscriptions/c`, properties: { tenantId: HOSTILE } };
    const lock = { id: `${registration}/providers/Microsoft.Authorization/locks/l`, name: HOSTILE };

    assert.equal(readCustomerSubscription(mapping, () => true)?.tenantId, ESCAPED);
    const described = readRegistration({ id: registration, properties: { billingModel: HOSTILE } }, () => true);
    assert.equal(described?.billingModel, ESCAPED);
    const read = readLock({ ...lock, properties: { level: "CanNotDelete", notes: HOSTILE } });
    assert.deepEqual([read?.name, read?.notes], [ESCAPED, ESCAPED]);
  });

  it("is cut where it is too long, in errors too", () => {
    const body = JSON.stringify({ error: { code: "c".repeat(1e6), message: "m".repeat(1e6) } });
    const { code = "", message = "" } = parseErrorBody(body) ?? {};
    assert.deepEqual([code.length, message.length], [1_001, 1_001]);
  });

  it("is cut before any pattern sees it", () => {
    const message = `a${" ".repeat(200_000)}b`;
    const body = JSON.stringify({ error: { code: message, message } });
    let error: ReturnType<typeof parseErrorBody>;

    const longest = longestMatched(() => {
      error = parseErrorBody(body);
    });

    assert.ok(longest > 0 && longest <= 1_001, `a pattern saw ${longest} characters`);
    assert.equal(error?.message, `a${" ".repeat(999)}…`);
  });

  it("keeps no token, the request's own or another", () => {
    const own = "opaque-token-of-the-request";
    const token = `eyJ0eXAiOiJKV1Qi.${"x".repeat(30)}.${"y".repeat(30)}`;
    const message = `Bad ${own}, bad ${token}, bad Bearer ${"z".repeat(30)}; the bearer token is bad`;
    const request = createPipelineRequest({
      url: "https://management.azure.com/subscriptions/1",
      headers: createHttpHeaders({ authorization: `Bearer ${own}` }),
    });
    const bodyAsText = JSON.stringify({ error: { code: "InvalidAuthenticationToken", message } });

    const { body } = answerOf({ status: 401, headers: createHttpHeaders(), request, bodyAsText }, 1);

    assert.equal(parseErrorBody(body)?.message, "Bad ***, bad ***, bad Bearer ***; the bearer token is bad");
  });

  it("gives names that a list can hold", async () => {
    const nameOf = async (displayName: string) => {
      const transport = { get: async () => answer({ body: { displayName } }) } as Partial<ArmTransport> as ArmTransport;
      return await createSubscriptionNames({ transport })("s");
    };

    assert.equal(await nameOf(" Con\u202eto\u0007so\r\nRetail "), "Contoso Retail");
    assert.equal(await nameOf("\u200b\n"), undefined);
    assert.equal(await nameOf("株式会社"), "株式会社");
  });
});
