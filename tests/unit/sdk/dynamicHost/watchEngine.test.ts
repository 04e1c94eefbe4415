import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { engineAddressIn, watchEngine } from "../../../../sdk/nodejs/src/dynamicHost/watchEngine.ts";

describe("engineAddressIn", () => {
  it("finds the address behind the options that the engine puts before it", () => {
    assert.equal(engineAddressIn(["127.0.0.1:4000"]), "127.0.0.1:4000");
    assert.equal(engineAddressIn(["-v=9", "--tracing", "127.0.0.1:1", "127.0.0.1:4000"]), "127.0.0.1:4000");
  });

  it("finds none where no engine has started the process", () => {
    assert.equal(engineAddressIn(["--test", "file:127.0.0.1:1"]), undefined);
  });
});

describe("watchEngine", () => {
  it("tells of an engine that is gone, and of none that only ends a connection", async () => {
    const engine = createServer();
    await once(engine.listen(0, "127.0.0.1"), "listening");
    const first = once(engine, "session");
    let isGone = false;
    const gone = new Promise<void>((resolve) => {
      watchEngine(`127.0.0.1:${(engine.address() as AddressInfo).port}`, () => {
        isGone = true;
        resolve();
      });
    });
    const [connection] = (await first) as [ServerHttp2Session];

    const second = once(engine, "session");
    connection.destroy();
    const [next] = (await second) as [ServerHttp2Session];
    assert.equal(isGone, false);

    engine.close();
    next.destroy();
    await gone;
  });
});
