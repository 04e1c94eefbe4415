import assert from "node:assert/strict";
import { InitializationError, isInitializationError } from "../../../../provider/src/lifecycle/initializationError.ts";

const facts = { id: "/it", outputs: {}, reasons: ["It may have been written."] };

describe("isInitializationError", () => {
  it("knows the error by its brand, so that it knows one of another copy of the package too", () => {
    const foreign = Object.assign(new Error("copy"), { ...facts, brand: "azurestack-csp.InitializationError" });

    assert.equal(isInitializationError(new InitializationError(facts)), true);
    assert.equal(isInitializationError(foreign), true);
  });

  it("takes nothing else for one", () => {
    for (const other of [undefined, null, new Error("x"), { ...facts, brand: "azurestack-csp.InitializationError" }]) {
      assert.equal(isInitializationError(other), false);
    }
    assert.equal(
      isInitializationError(Object.assign(new Error("x"), { brand: "azurestack-csp.ProviderError" })),
      false,
    );
  });
});
