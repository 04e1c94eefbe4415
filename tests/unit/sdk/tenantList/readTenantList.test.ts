import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatTenantListIssue, readTenantList } from "azurestack-csp";
import { CSV_HEADER, guid, HUBS } from "../../provider/domain/tenantList/sample.ts";

describe("readTenantList", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tenant-list-"));
    await mkdir(join(folder, "lists"));
    await writeFile(join(folder, "lists/hubs.yaml"), HUBS);
    await writeFile(join(folder, "lists/b.csv"), `${CSV_HEADER}\nFabrikam,${guid(3)},${guid(4)},lyon\n`);
    await writeFile(join(folder, "lists/a.csv"), `${CSV_HEADER}\nContoso,${guid(1)},${guid(2)},paris\n`);
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("merges the files of a pattern, in one order on every machine", () => {
    const { list, issues } = readTenantList("lists/*", { folder });

    assert.deepEqual(issues, []);
    assert.deepEqual(
      list?.tenants.map(({ name, place }) => [name, place.file]),
      [
        ["Contoso", "lists/a.csv"],
        ["Fabrikam", "lists/b.csv"],
      ],
    );
  });

  it("reads a file once, however often it is named", () => {
    const { list } = readTenantList(["lists/*", "./lists/a.csv", "lists/a.csv"], { folder });

    assert.equal(list?.tenants.length, 2);
  });

  it("reports what it cannot read, beside everything else that is wrong", () => {
    const { list, issues } = readTenantList(["lists/*.csv", "more/*.yaml", "lists"], { folder });

    assert.equal(list, undefined);
    assert.deepEqual(
      issues.map((issue) => formatTenantListIssue(issue).split(". ")[0]),
      [
        "more/*.yaml:1:1: [CSP_LIST_FILE_UNREADABLE] more/*.yaml cannot be read: there is no such file",
        "lists:1:1: [CSP_LIST_FILE_UNREADABLE] lists cannot be read: it is a folder",
      ],
    );
  });

  it("takes a path for itself where a file is called like that, and not for a pattern", async () => {
    await writeFile(join(folder, "t[1].yaml"), HUBS);
    await writeFile(join(folder, "t1.yaml"), "tenants: []");

    const { issues } = readTenantList("t[1].yaml", { folder });

    assert.deepEqual(
      issues.map(({ file, code }) => [file, code]),
      [["t[1].yaml", "CSP_LIST_NO_TENANTS"]],
    );
  });

  it("refuses folders, devices and what is too large, before it reads them", async () => {
    await writeFile(join(folder, "large.yaml"), "");
    await truncate(join(folder, "large.yaml"), 65 * 1024 * 1024);
    const { issues } = readTenantList([".", "/dev/zero", "large.yaml"], { folder });

    assert.deepEqual(
      issues.map(({ code }) => code),
      Array.from({ length: 3 }, () => "CSP_LIST_FILE_UNREADABLE"),
    );
    assert.match(issues[0]?.message ?? "", /^\[CSP_LIST_FILE_UNREADABLE\] \. cannot be read: it is a folder/);
  });
});
