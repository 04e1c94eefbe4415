import assert from "node:assert/strict";
import { livingProcesses, roleOf, treeOf } from "../../support/processes.ts";

describe("roleOf", () => {
  for (const [command, role] of [
    ["/usr/bin/node /home/me/sdk/nodejs/bin/azurestack-csp.js reconcile --yes", "command"],
    ["pulumi up --yes --skip-preview", "engine"],
    ["/home/me/.pulumi/bin/pulumi stack export", "engine"],
    ['"C:\\Program Files\\Pulumi\\pulumi.exe" up', "engine"],
    ["node /home/me/node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js 127.0.0.1:1", "host"],
    ["/bin/sh /home/me/.pulumi/bin/pulumi-resource-pulumi-nodejs 127.0.0.1:1", undefined],
    ["/home/me/.pulumi/bin/pulumi-language-nodejs 127.0.0.1:1", undefined],
    ["node /home/me/node_modules/@pulumi/pulumi/cmd/run/index.js --monitor 127.0.0.1:1", undefined],
  ] as const) {
    it(`takes "${command}" for ${role ?? "none"}`, () => {
      assert.equal(roleOf({ pid: 1, parent: 0, command }), role);
    });
  }
});

describe("treeOf", () => {
  it("is a process and all that descend from it", () => {
    const processes = [
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 1],
      [5, 9],
    ].map(([pid = 0, parent = 0]) => ({ pid, parent, command: "" }));

    assert.deepEqual(
      treeOf(2, processes).map(({ pid }) => pid),
      [2, 3],
    );
  });
});

describe("livingProcesses", () => {
  it("has this process, with its parent and its command line", () => {
    const self = livingProcesses().find(({ pid }) => pid === process.pid);

    assert.equal(self?.parent, process.ppid);
    assert.match(self?.command ?? "", /node/);
  });
});
