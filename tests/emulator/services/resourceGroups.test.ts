import assert from "node:assert/strict";
import type { Emulator } from "@azurestack-csp/emulator";
import { type Answer, type Call, startCalled } from "../support/caller.ts";
import { sample } from "../support/sample.ts";

const SUBSCRIPTION = `/subscriptions/${sample.paris.subscriptionId}`;
const apiVersion = "2022-09-01";

describe("resource groups", () => {
  let emulator: Emulator;
  let call: Call;
  const put = (name: string, body: unknown) =>
    call("PUT", `${SUBSCRIPTION}/resourcegroups/${name}`, { apiVersion, body });
  const list = (type: string, filter: string) =>
    call("GET", `${SUBSCRIPTION}/${type}?$filter=${encodeURIComponent(filter)}`, { apiVersion });
  const namesOf = (answer: Answer) => (answer.at("value") as readonly { name: string }[]).map(({ name }) => name);

  beforeEach(async () => {
    ({ emulator, call } = await startCalled());
  });
  afterEach(() => emulator.close());

  it("are found by tag, names in any letter case", async () => {
    await put("red", { location: "westeurope", tags: { colour: "red" } });
    await put("blue", { location: "westeurope", tags: { colour: "blue" } });

    assert.deepEqual(namesOf(await list("resourcegroups", "tagName eq 'COLOUR'")), ["red", "blue"]);
    assert.deepEqual(namesOf(await list("resourcegroups", "tagname eq 'colour' and tagvalue eq 'red'")), ["red"]);
    assert.deepEqual(namesOf(await list("resourcegroups", "tagName eq 'shape'")), []);
  });

  it("have resources that are found by tag", async () => {
    const { resourceGroup, name } = sample.paris;
    const path = `${SUBSCRIPTION}/resourceGroups/${resourceGroup}/providers/Microsoft.AzureStack/registrations/${name}`;
    await call("PATCH", path, { body: { tags: { site: "paris" } } });

    assert.deepEqual(namesOf(await list("resources", "tagName eq 'site' and tagValue eq 'paris'")), [name]);
    assert.deepEqual(namesOf(await list("resources", "tagName eq 'site' and tagValue eq 'lyon'")), []);
  });

  it("keep their location", async () => {
    const same = await put("azurestack", { location: "France Central" });
    const other = await put("azurestack", { location: "westeurope" });

    assert.equal(same.status, 200);
    assert.equal(other.status, 409);
    assert.deepEqual(other.body, {
      error: {
        code: "InvalidResourceGroupLocation",
        message:
          "Invalid resource group location 'westeurope'. The Resource group already exists in location 'francecentral'.",
      },
    });
  });

  it("have names of letters, digits and a few signs", async () => {
    assert.equal((await put("Groupe_(%C3%A9).1-a", { location: "westeurope" })).status, 201);
    assert.deepEqual((await put("bad:name*", { location: "westeurope" })).body, {
      error: {
        code: "InvalidResourceGroup",
        message:
          "The provided resource group name 'bad:name*' has these invalid characters: ':*'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.",
      },
    });
  });
});
