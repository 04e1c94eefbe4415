import { isAtLeast } from "../../setup/versions.mjs";

/**
 * Whether a look-up by id has to be refused: the CLI sends what only a newer `@pulumi/pulumi` reads.
 *
 * From 3.268 to 3.274.0 it sent no properties; from 3.268 on the SDK reads the inputs instead.
 */
export function refusesLookUps({ sdk, cli }: { readonly sdk: string; readonly cli: string }): boolean {
  return isAtLeast(cli, "3.268.0") && !isAtLeast(cli, "3.274.1") && !isAtLeast(sdk, "3.268.0");
}
