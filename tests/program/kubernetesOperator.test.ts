import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parseAllDocuments } from "yaml";
import { CUSTOMER_SUBSCRIPTION, ROOT, runProgram } from "./runProgram.ts";

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly subjects?: readonly { readonly name: string; readonly namespace: string }[];
}

const schema = JSON.parse(readFileSync(join(ROOT, "tests/fixtures/pulumi-operator/stack.schema.json"), "utf8"));
const isStack = new Ajv({ allErrors: true }).compile(schema);

describe("examples/kubernetes-operator", () => {
  const text = readFileSync(join(ROOT, "examples/kubernetes-operator/stack.yaml"), "utf8");
  const manifests = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
  const stack = manifests.find(({ kind }) => kind === "Stack");

  it("has a Stack that fits the operator's schema", () => {
    assert.ok(isStack(stack), JSON.stringify(isStack.errors));
  });

  it("would not fit with a field that the operator does not know", () => {
    assert.equal(isStack({ ...stack, spec: { ...stack?.spec, destroyOnFinalise: false } }), false);
  });

  it("runs as the service account that it declares", () => {
    const account = manifests.find(({ kind }) => kind === "ServiceAccount")?.metadata;
    const binding = manifests.find(({ kind }) => kind === "ClusterRoleBinding");

    assert.equal(stack?.spec?.serviceAccountName, account?.name);
    assert.equal(stack?.metadata.namespace, account?.namespace);
    assert.partialDeepStrictEqual(binding?.subjects, [{ name: account?.name, namespace: account?.namespace }]);
  });

  it("removes nobody when it is deleted, and names no targets, which the guard would not see", () => {
    assert.equal(stack?.spec?.destroyOnFinalize, false);
    assert.equal(stack?.spec?.targets, undefined);
  });

  it("has a program that declares the list behind a guard, with the Stack's configuration", async () => {
    const config = stack?.spec?.config as Readonly<Record<string, string>>;
    const entries = Object.entries(config).map(([key, value]) => [key.replace("tenant-list:", "project:"), value]);

    // Nobody answers here: what is asked of Azure is tested with an emulator.
    const offline = { ...Object.fromEntries(entries), "project:liveChecks": "false" };

    const { resources, error } = await runProgram("examples/kubernetes-operator", offline);

    assert.equal(error, undefined);
    const guard = resources.find(({ type }) => type.endsWith(":TenantListGuard"));
    assert.partialDeepStrictEqual(guard?.inputs, { maxRemovals: "5,10%", maxMoves: "5,10%" });
    assert.equal(resources.filter(({ type }) => type === CUSTOMER_SUBSCRIPTION).length, 2);
  });
});
