import assert from "node:assert/strict";
import type { ArmTransport } from "../../../../../provider/src/clients/arm/armTransport.ts";
import { createSubscriptionNames } from "../../../../../provider/src/clients/registrations/subscriptionNames.ts";
import { answer } from "../arm/answers.ts";

describe("createSubscriptionNames", () => {
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
