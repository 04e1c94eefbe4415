import { ProviderError } from "@azurestack-csp/provider";
import * as pulumi from "@pulumi/pulumi";
import { version as sdkVersion } from "@pulumi/pulumi/version.js";

/** The first minor release of `@pulumi/pulumi` whose dynamic host does without properties, reading the inputs instead. */
const FIRST_MINOR_WITHOUT = 268;

/** The releases of the CLI that send properties, in the notation of the engine (blang/semver). */
const SENDING = "<3.268.0 || >=3.274.1";

/** Codes of gRPC. */
const UNKNOWN = 2;
const UNIMPLEMENTED = 12;

/** The one call of Pulumi's engine that is made here. */
export interface Engine {
  makeUnaryRequest(
    method: string,
    serialize: (range: string) => Buffer,
    deserialize: (answer: Buffer) => unknown,
    range: string,
    done: (error: { readonly code: number; readonly details: string } | null) => void,
  ): unknown;
}

/** What carries out the program's look-ups; tests give their own. */
export interface LookUpHost {
  /** Of `@pulumi/pulumi`, which brings the dynamic host. */
  readonly sdkVersion: string;
  /** None where the program runs without an engine, in a unit test. */
  readonly engine: Engine | undefined;
}

/** The inputs of a resource that is only looked up; the provider answers "not found" for it with an error. */
export const LOOKED_UP = { lookedUp: true } as const;

/**
 * The options of a resource that is only looked up, by the `id` in them: the id becomes known once it is certain that
 * Pulumi can ask the provider at all.
 *
 * From 3.268 to 3.274.0 the CLI sends a look-up's inputs and no properties (pulumi/pulumi, resource/deploy/step.go), and
 * the dynamic host of an older `@pulumi/pulumi` finds no provider without them.
 *
 * The id is rejected with ProviderError `CSP_LOOKUP_UNSUPPORTED` for such a pair.
 */
export function lookingUp(
  name: string,
  options: pulumi.CustomResourceOptions & { readonly id: pulumi.Input<pulumi.ID> },
  host: LookUpHost = { sdkVersion, engine: engineOf() },
): pulumi.CustomResourceOptions {
  const { engine } = host;
  if (engine === undefined || Number(host.sdkVersion.split(".")[1]) >= FIRST_MINOR_WITHOUT) return options;
  const id = pulumi.output(options.id).apply(async (known) => {
    await requireProperties({ name, engine, sdkVersion: host.sdkVersion });
    return known;
  });
  return { ...options, id };
}

/** The client is a gRPC one, of whichever version the SDK brings; its older ones do not have this call by name. */
function engineOf(): Engine | undefined {
  return pulumi.runtime.getEngine() as unknown as Engine | undefined;
}

function requireProperties({ name, engine, sdkVersion }: LookUpHost & { name: string; engine: Engine }): Promise<void> {
  return new Promise((resolve, reject) => {
    const method = "/pulumirpc.Engine/RequirePulumiVersion";
    engine.makeUnaryRequest(
      method,
      serialize,
      () => undefined,
      SENDING,
      (error) => {
        // An engine without this call is older than the ones in question.
        if (error === null || error.code === UNIMPLEMENTED) resolve();
        else if (error.code !== UNKNOWN) reject(error);
        else reject(new ProviderError("CSP_LOOKUP_UNSUPPORTED", { name, sdkVersion, answer: error.details }));
      },
    );
  });
}

/** `RequirePulumiVersionRequest`: one text, field 1 (pulumi/pulumi, proto/pulumi/engine.proto). */
function serialize(range: string): Buffer {
  return Buffer.concat([Buffer.from([0x0a, range.length]), Buffer.from(range)]);
}
