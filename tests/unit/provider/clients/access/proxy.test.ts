import assert from "node:assert/strict";
import { readSettings } from "../../../../../provider/src/clients/access/settings.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";

describe("readSettings, of the proxy", () => {
  for (const [value, href] of [
    ["http://proxy.example:3128", "http://proxy.example:3128/"],
    ["10.0.0.1:3128", "http://10.0.0.1:3128/"],
    ["proxy.example", "http://proxy.example/"],
    ["user:p%40ss@proxy.example:8080/", "http://user:p%40ss@proxy.example:8080/"],
    ["https://[::1]:8443", "https://[::1]:8443/"],
  ] as const) {
    it(`takes ${value}`, () => {
      for (const name of ["HTTPS_PROXY", "all_proxy"])
        assert.equal(readSettings({ [name]: value }).proxy?.url.href, href);
    });
  }

  it("takes the one for https where there are several", () => {
    const env = { HTTP_PROXY: "http://a.example", HTTPS_PROXY: "http://b.example" };
    assert.equal(readSettings(env).proxy?.url.host, "b.example");
  });

  for (const value of [
    "http://user:p#SECRET@proxy.example",
    "user:SE/CRET@proxy.example:3128",
    "http://user:SECRET%@proxy.example",
    "http://user:SECRET@proxy.example:port",
    "socks5://user:SECRET@proxy.example",
    "http://user:SECRET@proxy.example/path",
  ]) {
    it(`refuses ${value}, without its password`, () => {
      assert.throws(
        () => readSettings({ HTTPS_PROXY: value }),
        (error) => {
          assert(hasCode(error, "CSP_PROXY_MALFORMED"));
          assert.match(error.message, /HTTPS_PROXY is ".*\*\*\*@proxy\.example/);
          assert.doesNotMatch(error.message, /CRET/);
          return true;
        },
      );
    });
  }
});
