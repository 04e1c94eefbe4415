import assert from "node:assert/strict";
import {
  type Details,
  type ErrorCode,
  errorCatalogue,
  providerFamilies,
} from "../../../../../provider/src/domain/errors/catalogue.ts";
import { explain } from "../../../../../provider/src/domain/errors/explain.ts";
import {
  hasCode,
  isProviderError,
  mayPass,
  ProviderError,
} from "../../../../../provider/src/domain/errors/providerError.ts";

const codes = Object.keys(errorCatalogue) as ErrorCode[];

function placeholders(code: ErrorCode): readonly string[] {
  const { fact, leadsTo, remedy } = errorCatalogue[code];
  return [...`${fact} ${leadsTo} ${remedy}`.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

/** Details for any entry; which names it takes is known to the compiler for one code, not for all at once. */
function detailsOf<Code extends ErrorCode>(code: Code): Details<Code> {
  return Object.fromEntries(placeholders(code).map((name) => [name, `«${name}»`])) as Details<Code>;
}

describe("errorCatalogue", () => {
  it("holds every error of the provider's families, under its own code", () => {
    const defined = providerFamilies.flatMap(({ errors }) => Object.values(errors));

    assert.deepEqual(Object.values(errorCatalogue), defined);
    assert.deepEqual(
      codes,
      defined.map(({ code }) => code),
    );
  });
});

describe("explain", () => {
  it("fills every placeholder of every entry", () => {
    for (const code of codes) {
      const text = explain(code, detailsOf(code));

      assert.ok(text.startsWith(`[${code}] `));
      assert.doesNotMatch(text, /\{\w+\}/);
      for (const name of placeholders(code)) assert.ok(text.includes(`«${name}»`), `${code} ${name}`);
    }
  });

  it("does not fill what a value brings along", () => {
    const text = explain("CSP_INPUT_TYPE", { property: "{given}", given: "$&", expected: "{property}" });

    assert.match(text, /`\{given\}` is \$&; it takes \{property\}/);
  });
});

describe("ProviderError", () => {
  const answer = {
    status: 403,
    code: "AuthorizationFailed",
    message: "No.",
    request: "PUT /subscriptions/x",
    correlationId: "4f6f0c1e",
  };
  const details = { action: "write", scope: "/subscriptions/x" };

  it("carries code, kind, details, and what the service answered", () => {
    const error = new ProviderError("CSP_NOT_AUTHORIZED", details, { answer });

    assert.equal(error.kind, "access");
    assert.deepEqual(error.details, details);
    assert.match(
      error.message,
      /PUT \/subscriptions\/x\n {2}403 AuthorizationFailed: "No\." \(correlation id 4f6f0c1e\)$/,
    );
  });

  it("says where no answer came", () => {
    const error = new ProviderError("CSP_NOT_AUTHORIZED", details, { answer: { request: "PUT it" } });

    assert.match(error.message, /PUT it\n {2}no answer$/);
  });

  it("escapes what cannot be printed, in details and in what the service answered, and keeps lines of details", () => {
    const hostile = { ...answer, message: "\u001b[2J", correlationId: "\u009bm", request: "PUT \u202e" };
    const error = new ProviderError(
      "CSP_NOT_AUTHORIZED",
      { action: "write\nit", scope: "\u200bx" },
      { answer: hostile },
    );

    assert.match(
      error.message,
      /write\nit \\u200Bx\..*\n {2}PUT \\u202E\n {2}403 \w+: "\\u001B\[2J" \(correlation id \\u009Bm\)$/s,
    );
  });

  it("is known by its brand, so that another copy of the package knows it too", () => {
    const foreign = Object.assign(new Error("copy"), { brand: "azurestack-csp.ProviderError", code: "CSP_THROTTLED" });

    assert.equal(isProviderError(foreign), true);
    assert.equal(hasCode(foreign, "CSP_THROTTLED"), true);
    assert.equal(hasCode(foreign, "CSP_NOT_ARM"), false);
    for (const other of [undefined, null, "x", new Error("x"), { brand: "azurestack-csp.ProviderError" }]) {
      assert.equal(isProviderError(other), false);
    }
  });
});

describe("mayPass", () => {
  it("is so for failures of the service and of the way to it, and never for a refusal", () => {
    const passing = codes.filter((code) => mayPass(new ProviderError(code, detailsOf(code))));

    for (const code of ["CSP_THROTTLED", "CSP_SERVICE_FAILED", "CSP_UNREACHABLE", "CSP_NOT_ARM"] as const) {
      assert.ok(passing.includes(code));
    }
    for (const code of passing)
      assert.doesNotMatch(errorCatalogue[code].kind, /input|conflict|refused|notFound|install/);
    assert.equal(mayPass(new Error("x")), false);
  });
});
