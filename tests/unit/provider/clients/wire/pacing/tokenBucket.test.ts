import assert from "node:assert/strict";
import { createTokenBucket } from "../../../../../../provider/src/clients/wire/pacing/tokenBucket.ts";

/** A bucket of ten that fills by one a second, at a clock that stands still. */
function createBucket() {
  return createTokenBucket({ capacity: 10, perSecond: 1, now: () => 0 });
}

describe("createTokenBucket", () => {
  it("lets a single request go ahead, since others may have emptied it", () => {
    const bucket = createBucket();
    const ticket = bucket.take();
    assert.equal(bucket.waitInMs(), undefined);

    bucket.settle(ticket, undefined);

    assert.equal(bucket.waitInMs(), 0);
  });

  it("believes what an answer says is left, and keeps a second's refill back", () => {
    const bucket = createBucket();

    bucket.settle(bucket.take(), 2);
    assert.equal(bucket.waitInMs(), 0);

    bucket.settle(bucket.take(), 1);
    assert.equal(bucket.waitInMs(), 1000);
  });

  it("takes off what is under way, which an answer may not have seen", () => {
    const bucket = createBucket();
    const [first, second, third] = [bucket.take(), bucket.take(), bucket.take()];

    bucket.settle(first, 4);
    assert.equal(bucket.waitInMs(), 0);

    bucket.settle(second, 2);
    assert.equal(bucket.waitInMs(), 2000);
    bucket.settle(third, undefined);
  });

  it("takes off what was answered since the request left, which its answer may not have seen", () => {
    const bucket = createBucket();
    const [early, late] = [bucket.take(), bucket.take()];
    bucket.settle(late, 2);

    bucket.settle(early, 2);

    assert.equal(bucket.waitInMs(), 1000);
  });

  it("stays shut for as long as it is told, whatever an answer says meanwhile", () => {
    const bucket = createBucket();
    const [refused, other] = [bucket.take(), bucket.take()];
    bucket.settle(refused, undefined);
    bucket.pause(30_000);

    bucket.settle(other, 10);

    assert.equal(bucket.waitInMs(), 30_000);
  });
});
