import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A git repository that holds a tenant list, and the clones that a pipeline makes of it. */
export interface GitRepository {
  /** Writes the list and commits it. */
  commit(subject: string, list: string): void;
  /** Undoes the last commit by another one. */
  revert(): void;
  /** Clones the last commit into a folder that was not there, as a pipeline's runner does. */
  checkOut(): string;
}

/** Settings of this machine's user change nothing here, and no key is asked for. */
const settings = ["user.name=Operations", "user.email=operations@example.com", "commit.gpgsign=false"];

/** Makes an empty repository inside the folder; its clones stand beside it. */
export function createGitRepository(folder: string): GitRepository {
  const origin = join(folder, "origin");
  const git = (...args: readonly string[]) =>
    execFileSync("git", [...settings.flatMap((setting) => ["-c", setting]), ...args], { cwd: origin, stdio: "pipe" });
  let clones = 0;
  mkdirSync(origin);
  git("init", "--quiet");
  return {
    commit(subject, list) {
      writeFileSync(join(origin, "tenants.yaml"), list);
      git("add", "tenants.yaml");
      git("commit", "--quiet", "--message", subject);
    },
    revert: () => void git("revert", "--no-edit", "HEAD"),
    checkOut() {
      clones += 1;
      const clone = join(folder, `run-${clones}`);
      git("clone", "--quiet", "--no-hardlinks", origin, clone);
      return clone;
    },
  };
}
