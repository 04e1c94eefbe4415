import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Http2Server, type ServerHttp2Session } from "node:http2";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createEmulator, type Emulator, type World } from "@azurestack-csp/emulator";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import structs, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { workspaceRoot } from "../../scripts/dev/emulatorProcess.ts";
import { emulatorEnvironment } from "../../scripts/dev/environment.ts";

/** Inputs or outputs of a resource. */
type Properties = Readonly<Record<string, unknown>>;

/** The text that every state holds as the resource's provider; a contract that no release may break. */
export const PROVIDER = 'exports.handler=()=>require("azurestack-csp/dynamic").v1("CustomerSubscription");';

/** The same for a tenant list's guard. */
export const GUARD_PROVIDER = 'exports.handler=()=>require("azurestack-csp/dynamic").v1("TenantListGuard");';

/** What the engine sends for a value that a preview does not know yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The resource as the engine would keep it after a create or update that failed in part. */
export interface PartialFailure {
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: readonly string[];
}

/** Pulumi's dynamic host in a process of its own, driven over gRPC as the engine drives it: one process is one run. */
export interface DynamicHost {
  /** The emulator that it runs against. */
  readonly azure: Emulator;
  /** `olds` are the inputs of the last run; none by default. */
  check(
    news: Properties,
    olds?: Properties,
  ): Promise<{ inputs: Properties; failures: readonly { property: string; reason: string }[] }>;
  diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes: "unknown" | "none" | "some"; replaces: readonly string[]; deleteBeforeReplace: boolean }>;
  create(properties: Properties): Promise<{ id: string; properties: Properties }>;
  /** `id` is empty where the resource is gone. */
  read(id: string, properties: Properties): Promise<{ id: string; properties: Properties; inputs: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(id: string, properties: Properties): Promise<void>;
  readonly pid: number | undefined;
  /** What the process has written so far, which Pulumi shows to the user. */
  output(): string;
  /** Resolves once it has written the text. */
  says(text: string): Promise<void>;
  /** Tells it, as the engine does, that there is no more work. */
  interrupt(): void;
  /** Takes the engine's server away, as a kill does. */
  loseEngine(): void;
  /** Resolves once the process has ended, and nothing is to be read from it any more. */
  readonly ended: Promise<unknown>;
  /** Ends the run, and the emulator that was made for it. */
  stop(): Promise<void>;
}

/**
 * Starts a run of the dynamic host against an emulator; `__provider` is added to whatever is sent without one.
 *
 * Without `azure` the run has an emulator of its own, which begins with `world`. `env` is added last.
 */
export async function startDynamicHost(
  options: {
    readonly azure?: Emulator;
    readonly world?: World;
    readonly env?: Readonly<Record<string, string>>;
    /** The URN of the stack that the engine runs; without it the engine knows of none. */
    readonly rootUrn?: string;
  } = {},
): Promise<DynamicHost> {
  const { world } = options;
  const azure = options.azure ?? (await createEmulator(world && { world }));
  const folder = await mkdtemp(join(tmpdir(), "azurestack-csp-host-"));
  const engine = await createEngine(options.rootUrn);
  const script = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/dynamic-provider");
  const env = { ...emulatorEnvironment({ ambient: process.env, azure, folder }), ...options.env };
  const child = spawn(process.execPath, [script, engine.address], {
    cwd: workspaceRoot,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written: string[] = [];
  const listeners = new Set<() => void>();
  const write = (text: string) => {
    written.push(text);
    for (const listen of listeners) listen();
  };
  child.stderr.on("data", (chunk) => write(String(chunk)));
  const ended = once(child, "close");
  const lines = createInterface({ input: child.stdout });
  const [port] = (await once(lines, "line")) as [string];
  lines.on("line", (line) => write(`${line}\n`));
  const client = new providerService.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  await configure(client);
  return {
    azure,
    ...methods(client),
    pid: child.pid,
    output: () => written.join(""),
    says: (text) =>
      new Promise((resolve) => {
        const look = () => written.join("").includes(text) && resolve();
        listeners.add(look);
        look();
      }),
    interrupt: () => void child.kill("SIGINT"),
    loseEngine: () => engine.close(),
    ended,
    async stop() {
      client.close();
      child.kill();
      await ended;
      engine.close();
      await rm(folder, { recursive: true });
      if (!options.azure) await azure.close();
    },
  };
}

/** What the engine reads from the details of an error; `undefined` for one that left nothing behind. */
export function partialFailureOf(error: unknown): PartialFailure | undefined {
  const [packed] = (error as ServiceError).metadata?.get("grpc-status-details-bin") ?? [];
  if (!(packed instanceof Buffer)) return undefined;
  const [detail] = statuses.Status.deserializeBinary(packed).getDetailsList();
  const failed = detail?.unpack(
    messages.ErrorResourceInitFailed.deserializeBinary,
    "pulumirpc.ErrorResourceInitFailed",
  );
  if (!failed) return undefined;
  return { id: failed.getId(), properties: unpack(failed.getProperties()), reasons: failed.getReasonsList() };
}

type Client = InstanceType<typeof providerService.ResourceProviderClient>;

async function configure(client: Client): Promise<void> {
  const request = new messages.ConfigureRequest();
  request.setArgs(new structs.Struct());
  await answer((done) => client.configure(request, done));
}

/** The engine's own server, to which its hosts hold a connection. */
async function createEngine(rootUrn: string | undefined): Promise<{ readonly address: string; close(): void }> {
  const server: Http2Server = createServer();
  const sessions = new Set<ServerHttp2Session>();
  server.on("stream", (stream) => {
    stream.on("error", () => undefined);
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.end(rootUrn === undefined ? Buffer.alloc(5) : rootResource(rootUrn));
  });
  server.on("session", (session) => sessions.add(session));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      for (const session of sessions) session.destroy();
    },
  };
}

/** A frame of gRPC with the answer to `GetRootResource`. */
function rootResource(urn: string): Buffer {
  const response = new engineMessages.GetRootResourceResponse();
  response.setUrn(urn);
  const message = response.serializeBinary();
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function methods(
  client: Client,
): Omit<DynamicHost, "azure" | "pid" | "output" | "says" | "interrupt" | "loseEngine" | "ended" | "stop"> {
  return {
    async check(news, olds = {}) {
      const request = new messages.CheckRequest();
      request.setOlds(pack(olds));
      request.setNews(pack(news));
      const response = await answer<InstanceType<typeof messages.CheckResponse>>((done) => client.check(request, done));
      const failures = response
        .getFailuresList()
        .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
      return { inputs: unpack(response.getInputs()), failures };
    },
    async diff(id, olds, news) {
      const request = new messages.DiffRequest();
      request.setId(id);
      request.setOlds(pack(olds));
      request.setNews(pack(news));
      const response = await answer<InstanceType<typeof messages.DiffResponse>>((done) => client.diff(request, done));
      return {
        changes: (["unknown", "none", "some"] as const)[response.getChanges()],
        replaces: response.getReplacesList(),
        deleteBeforeReplace: response.getDeletebeforereplace(),
      };
    },
    async create(properties) {
      const request = new messages.CreateRequest();
      request.setProperties(pack(properties));
      const response = await answer<InstanceType<typeof messages.CreateResponse>>((done) =>
        client.create(request, done),
      );
      return { id: response.getId(), properties: unpack(response.getProperties()) };
    },
    async read(id, properties) {
      const request = new messages.ReadRequest();
      request.setId(id);
      request.setProperties(pack(properties));
      const response = await answer<InstanceType<typeof messages.ReadResponse>>((done) => client.read(request, done));
      return {
        id: response.getId(),
        properties: unpack(response.getProperties()),
        inputs: unpack(response.getInputs()),
      };
    },
    async update(id, olds, news) {
      const request = new messages.UpdateRequest();
      request.setId(id);
      request.setOlds(pack(olds));
      request.setNews(pack(news));
      const response = await answer<InstanceType<typeof messages.UpdateResponse>>((done) =>
        client.update(request, done),
      );
      return unpack(response.getProperties());
    },
    async delete(id, properties) {
      const request = new messages.DeleteRequest();
      request.setId(id);
      request.setProperties(pack(properties));
      await answer((done) => client.delete(request, done));
    },
  };
}

function answer<Response>(
  send: (done: (error: ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    send((error, response) => (error ? reject(error) : resolve(response)));
  });
}

function pack(properties: Properties): InstanceType<typeof structs.Struct> {
  const values = { __provider: PROVIDER, ...properties };
  return structs.Struct.fromJavaScript(values as unknown as Record<string, JavaScriptValue>);
}

function unpack(struct: InstanceType<typeof structs.Struct> | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}
