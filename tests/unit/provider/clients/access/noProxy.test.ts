import assert from "node:assert/strict";
import { readSettings } from "../../../../../provider/src/clients/access/settings.ts";

/** Which of the URLs are reached past the proxy, and which entries mean nothing. */
function read(env: Record<string, string>) {
  const { proxy } = readSettings({ HTTPS_PROXY: "http://proxy.example:3128", ...env });
  assert.ok(proxy);
  return { exempts: (url: string) => proxy.exempts(new URL(url)), ignored: proxy.ignored };
}

describe("readSettings, of NO_PROXY", () => {
  for (const [entry, exempted, proxied] of [
    ["*", ["https://management.azure.com/", "https://[::1]:8443/"], []],
    ["x.example,*", ["https://management.azure.com/"], []],
    ["login.example", ["https://login.example/", "https://LOGIN.example./"], ["https://a.login.example/"]],
    [".example", ["https://a.example/", "https://a.b.example/", "https://example/"], ["https://anexample/"]],
    ["*.example", ["https://a.example/", "https://example/"], ["https://example.org/"]],
    ["127.0.0.1", ["https://127.0.0.1:8443/"], ["https://127.0.0.2/"]],
    ["127.0.0.1:8443", ["https://127.0.0.1:8443/"], ["https://127.0.0.1/", "https://127.0.0.1:8444/"]],
    ["login.example:443", ["https://login.example/"], ["https://login.example:8443/"]],
    ["10.0.0.0/8", ["https://10.255.0.1/"], ["https://11.0.0.1/", "https://ten.example/"]],
    ["127.0.0.0/8", ["https://127.0.0.1:1/"], ["https://128.0.0.1/"]],
    ["::1", ["https://[::1]:8443/"], ["https://[::2]/"]],
    ["[::1]:8443", ["https://[::1]:8443/"], ["https://[::1]/"]],
    ["fd00::/8", ["https://[fd12::1]/"], ["https://[fe12::1]/"]],
    ["a.example b.example,\tc.example", ["https://b.example/", "https://c.example/"], ["https://d.example/"]],
    [" a.example , , b.example", ["https://a.example/", "https://b.example/"], ["https://c.example/"]],
    ["bücher.example", ["https://bücher.example/"], ["https://bucher.example/"]],
  ] as const) {
    it(`honours "${entry}"`, () => {
      const { exempts, ignored } = read({ NO_PROXY: entry });
      for (const url of exempted) assert.equal(exempts(url), true, url);
      for (const url of proxied) assert.equal(exempts(url), false, url);
      assert.equal(ignored, undefined);
    });
  }

  for (const entry of [
    "127.*",
    "x;127.0.0.1",
    "https://login.example",
    "10.0.0.0/33",
    "10.0.0.0/8/8",
    "ten.example/8",
    "fd00::/129",
    "login.example:https",
    ":443",
    ".",
  ]) {
    it(`names "${entry}", which means nothing, and takes the others all the same`, () => {
      const { exempts, ignored } = read({ no_proxy: `a.example,${entry}` });
      assert.deepEqual(ignored, { variable: "no_proxy", entries: [entry] });
      assert.equal(exempts("https://a.example/"), true);
      assert.equal(exempts("https://127.0.0.1/"), false);
    });
  }

  it("takes the name in capitals where both are set, and exempts nothing where neither is", () => {
    const { exempts } = read({ NO_PROXY: "a.example", no_proxy: "b.example" });
    assert.deepEqual([exempts("https://a.example/"), exempts("https://b.example/")], [true, false]);
    assert.equal(read({}).exempts("https://a.example/"), false);
  });
});

describe("readSettings, of the machine's own endpoint behind a proxy", () => {
  it("reaches every http address directly, as the endpoints of managed identities are", () => {
    const { exempts } = read({});
    for (const url of ["http://169.254.169.254/metadata/identity/oauth2/token", "http://localhost:40342/"]) {
      assert.equal(exempts(url), true, url);
    }
  });

  it("reaches the https endpoint directly that Service Fabric names", () => {
    const { exempts } = read({ IDENTITY_ENDPOINT: "https://10.0.0.4:2377/metadata/identity/oauth2/token" });
    assert.equal(exempts("https://10.0.0.4:2377/metadata/identity/oauth2/token?api-version=2019-07-01"), true);
    assert.equal(exempts("https://10.0.0.4/"), false);
  });
});
