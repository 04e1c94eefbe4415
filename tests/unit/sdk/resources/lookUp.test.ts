import assert from "node:assert/strict";
import { Client, credentials, Server, ServerCredentials, type sendUnaryData, status } from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import messages from "@pulumi/pulumi/proto/engine_pb.js";
import { lookingUp } from "../../../../sdk/nodejs/src/resources/lookUp.ts";

/** What an engine answers to a range that its version is not in. */
const refusal = { code: status.UNKNOWN, details: "Pulumi CLI version 3.274.0 does not satisfy the version range" };

describe("a resource that is looked up by its id", () => {
  let engine: Server;
  let client: Client;
  let answer: { readonly code: status; readonly details: string } | null;
  let ranges: string[];

  before(async () => {
    engine = new Server();
    engine.addService(
      {
        requirePulumiVersion: {
          path: "/pulumirpc.Engine/RequirePulumiVersion",
          requestStream: false,
          responseStream: false,
          requestSerialize: Buffer.from,
          requestDeserialize: (bytes: Buffer) => messages.RequirePulumiVersionRequest.deserializeBinary(bytes),
          responseSerialize: () => Buffer.from(new messages.RequirePulumiVersionResponse().serializeBinary()),
          responseDeserialize: (bytes: Buffer) => bytes,
        },
      },
      {
        requirePulumiVersion(
          { request }: { request: InstanceType<typeof messages.RequirePulumiVersionRequest> },
          done: sendUnaryData<object>,
        ) {
          ranges.push(request.getPulumiVersionRange());
          done(answer, {});
        },
      },
    );
    const port = await new Promise((resolve, reject) => {
      engine.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
    client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  });

  beforeEach(() => {
    answer = null;
    ranges = [];
  });

  after(() => {
    client.close();
    engine.forceShutdown();
  });

  const lookUp = (sdkVersion: string, options: pulumi.CustomResourceOptions = {}) =>
    lookingUp("row", { ...options, id: "arm-id" }, { sdkVersion, engine: client });
  const idOf = (options: pulumi.CustomResourceOptions) =>
    new Promise((resolve, reject) => {
      (pulumi.output(options.id) as unknown as { promise(): Promise<unknown> }).promise().then(resolve, reject);
    });

  it("is refused with both versions where the CLI sends too little for an older SDK", async () => {
    answer = refusal;

    await assert.rejects(idOf(lookUp("3.259.0")), ({ code, message }: Error & { code: string }) => {
      assert.equal(code, "CSP_LOOKUP_UNSUPPORTED");
      assert.match(message, /3\.259\.0.*3\.274\.0/);
      return true;
    });
  });

  it("keeps its id where the CLI is one that sends enough, and has asked for just those", async () => {
    assert.equal(await idOf(lookUp("3.216.0")), "arm-id");
    assert.deepEqual(ranges, ["<3.268.0 || >=3.274.1"]);
  });

  it("keeps its id where the CLI is too old to be asked", async () => {
    answer = { code: status.UNIMPLEMENTED, details: "unknown method" };

    assert.equal(await idOf(lookUp("3.216.0")), "arm-id");
  });

  it("is not refused for an engine that has gone away", async () => {
    answer = { code: status.UNAVAILABLE, details: "gone" };

    await assert.rejects(idOf(lookUp("3.216.0")), { code: status.UNAVAILABLE });
  });

  it("asks nobody with an SDK that does without", async () => {
    answer = refusal;

    assert.equal(await idOf(lookUp("3.268.0")), "arm-id");
    assert.deepEqual(ranges, []);
  });

  it("asks nobody where there is no engine", async () => {
    const options = lookingUp("row", { id: "arm-id" }, { sdkVersion: "3.216.0", engine: undefined });

    assert.equal(await idOf(options), "arm-id");
  });

  it("keeps its other options", () => {
    assert.equal(lookUp("3.216.0", { protect: true }).protect, true);
  });
});
