import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { defineErrors, errorCatalogue, ProviderError } from "@azurestack-csp/provider";
import { exitCodes } from "../../../../../sdk/nodejs/src/cli/console/exitCodes.ts";
import { exitCodeFor, exitCodeOf } from "../../../../../sdk/nodejs/src/cli/console/failures.ts";
import { commandErrors } from "../../../../../sdk/nodejs/src/cli/errors/commandErrors.ts";

const docs = readFileSync(new URL("../../../../../docs/command-line.md", import.meta.url), "utf8");

describe("exitCodes", () => {
  it("are all stated in docs/command-line.md, by number and name", () => {
    const stated = [...docs.matchAll(/^\| (\d+) \| `(\w+)` \|/gm)].map(([, code, name]) => [name, Number(code)]);

    assert.deepEqual(Object.fromEntries(stated), exitCodes);
  });

  it("differ from each other", () => {
    const codes = Object.values(exitCodes);

    assert.equal(new Set(codes).size, codes.length);
  });
});

describe("exitCodeOf", () => {
  it("tells what a pipeline has to do: correct the input, the sign-in, or try again", () => {
    const codes = [
      new ProviderError("CSP_GUID_NIL", { property: "tenantId" }),
      new ProviderError("CSP_CREDENTIAL_MISSING", { tried: "nothing", reasons: "", login: "az login" }),
      new ProviderError("CSP_UNREACHABLE", { host: "management.azure.com", reason: "no network" }),
      new ProviderError(commandErrors.CSP_COMMAND_PULUMI_MISSING, { reason: "ENOENT" }),
    ].map(exitCodeOf);

    assert.deepEqual(codes, [exitCodes.input, exitCodes.credentials, exitCodes.failed, exitCodes.usage]);
  });

  it("goes by the kind of an error whose family the command line does not know", () => {
    const { errors } = defineErrors({
      title: "Toy errors",
      about: "A package brings them.",
      errors: { CSP_TOY_LOCKED: { kind: "access", fact: "It is locked.", leadsTo: "Nothing.", remedy: "Ask." } },
    });

    assert.equal(exitCodeOf(new ProviderError(errors.CSP_TOY_LOCKED, {})), exitCodes.credentials);
  });

  it("tells that the guard has stopped a run from input that is wrong", () => {
    assert.equal(exitCodeFor(errorCatalogue.CSP_GUARD_REMOVALS), exitCodes.guard);
    assert.equal(exitCodeFor(errorCatalogue.CSP_GUARD_MOVES), exitCodes.guard);
    assert.equal(exitCodeFor(errorCatalogue.CSP_GUARD_LIMIT), exitCodes.input);
  });

  it("is 1 for an error that nobody foresaw", () => {
    assert.equal(exitCodeOf(new TypeError("undefined is not a function")), exitCodes.unexpected);
  });
});
