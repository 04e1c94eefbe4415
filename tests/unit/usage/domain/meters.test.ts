import assert from "node:assert/strict";
import { allMeters, findMeter, METER_SOURCES } from "../../../../usage/src/domain/meters.ts";

describe("the published meters", () => {
  it("are all there, each once, in one spelling", () => {
    assert.equal(allMeters.length, 84);
    assert.equal(new Set(allMeters.map(({ id }) => id)).size, 84);
    for (const { id, service, name, source } of allMeters) {
      assert.match(id, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
      assert.ok(service !== "" && name !== "" && METER_SOURCES[source]);
    }
  });

  it("are found by their ids, those of the network without dashes in their source too", () => {
    const { name, unit, service, deprecated } = findMeter("f271a8a3-88c4-4d93-956a-063e1d2fa80b") ?? {};

    assert.deepEqual([name, unit, service, deprecated], ["Static IP Address Usage", "IP addresses", "Network", false]);
    assert.deepEqual(
      [findMeter("5d76e09f-4567-452a-94cc-7d1f097761f0")?.deprecated, findMeter("no meter")],
      [true, undefined],
    );
  });
});
