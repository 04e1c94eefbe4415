import assert from "node:assert/strict";
import { sources } from "./sources.ts";

const CLIENTS = "provider/src/clients";

/** The rooms of the clients, and which others each may import; what stands beside them, such as `connect.ts`, joins all. */
const FLOORS: Readonly<Record<string, readonly string[]>> = {
  "wire/http": [],
  "wire/pacing": [],
  wire: ["wire/http", "wire/pacing"],
  access: ["wire"],
  arm: ["wire"],
  registrations: ["arm", "wire"],
  hub: ["arm", "access", "wire"],
};

const all = sources([CLIENTS]);

describe("imports of the clients", () => {
  it("are looked at in every room", () => {
    const rooms = all.map(({ file }) => file.slice(CLIENTS.length + 1).split("/")).filter(({ length }) => length > 1);

    assert.deepEqual(
      new Set(rooms.map(([room]) => room)),
      new Set(Object.keys(FLOORS).filter((room) => !room.includes("/"))),
    );
  });

  for (const [room, below] of Object.entries(FLOORS)) {
    it(`of ${room} come from itself${below.map((other) => ` and ${other}`).join("")}`, () => {
      const allowed = [room, ...below].map((folder) => `${CLIENTS}/${folder}/`);
      const offences = all
        .filter(({ file }) => file.startsWith(`${CLIENTS}/${room}/`))
        .flatMap(({ file, imports }) =>
          imports
            .filter(
              (target) => target.startsWith(`${CLIENTS}/`) && !allowed.some((folder) => target.startsWith(folder)),
            )
            .map((target) => `${file} imports ${target}`),
        );

      assert.deepEqual(offences, []);
    });
  }
});
