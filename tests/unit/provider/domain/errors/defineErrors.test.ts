import assert from "node:assert/strict";
import { defineErrors } from "../../../../../provider/src/domain/errors/defineErrors.ts";
import { hasCode, isCatalogueError, ProviderError } from "../../../../../provider/src/domain/errors/providerError.ts";

const { errors, title } = defineErrors({
  title: "Toy errors",
  about: "What a package brings that the provider has never heard of.",
  errors: {
    CSP_TOY_BROKEN: { kind: "service", fact: "Toy {toy} is broken.", leadsTo: "Nobody plays.", remedy: "Mend {toy}." },
    CSP_TOY_LOST: { kind: "notFound", fact: "A toy is lost.", leadsTo: "Nobody plays.", remedy: "Look for it." },
  },
});

describe("defineErrors", () => {
  it("gives each entry its code", () => {
    assert.equal(title, "Toy errors");
    assert.deepEqual(
      Object.values(errors).map(({ code }) => code),
      ["CSP_TOY_BROKEN", "CSP_TOY_LOST"],
    );
  });

  it("makes definitions that errors are made from, their kind and text with them", () => {
    const error = new ProviderError(errors.CSP_TOY_BROKEN, { toy: "train" });

    assert.equal(error.code, "CSP_TOY_BROKEN");
    assert.equal(error.kind, "service");
    assert.equal(error.message, "[CSP_TOY_BROKEN] Toy train is broken. Nobody plays. Mend train.");
  });

  it("keeps the names of details, so that the compiler refuses any other", () => {
    // @ts-expect-error The entry has no such placeholder.
    const { message } = new ProviderError(errors.CSP_TOY_BROKEN, { game: "chess" });

    assert.match(message, /Toy \{toy\} is broken/);
  });

  it("makes definitions that errors are told by, and their details known by", () => {
    const error: unknown = new ProviderError(errors.CSP_TOY_BROKEN, { toy: "train" });

    assert.equal(hasCode(error, errors.CSP_TOY_LOST), false);
    assert.ok(hasCode(error, errors.CSP_TOY_LOST, errors.CSP_TOY_BROKEN));
    assert.ok(hasCode(error, errors.CSP_TOY_BROKEN));
    assert.equal(error.details.toy, "train");
  });

  it("leaves the errors of another family out of the provider's catalogue", () => {
    assert.equal(isCatalogueError(new ProviderError(errors.CSP_TOY_LOST, {})), false);
    assert.equal(isCatalogueError(new ProviderError("CSP_GUID_NIL", { property: "tenantId" })), true);
  });
});
