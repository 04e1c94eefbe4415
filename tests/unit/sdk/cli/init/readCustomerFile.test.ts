import assert from "node:assert/strict";
import { decodeText } from "../../../../../sdk/nodejs/src/cli/init/readCustomerFile.ts";

const TEXT = "Éditions Garance – Lyon";

describe("decodeText", () => {
  const encodings = [
    { name: "UTF-8", bytes: Buffer.from(TEXT, "utf8"), isGuessed: false },
    { name: "UTF-8 with its mark", bytes: Buffer.from(`\uFEFF${TEXT}`, "utf8"), isGuessed: false },
    { name: "UTF-16, little end first", bytes: Buffer.from(`\uFEFF${TEXT}`, "utf16le"), isGuessed: false },
    { name: "UTF-16, big end first", bytes: Buffer.from(`\uFEFF${TEXT}`, "utf16le").swap16(), isGuessed: false },
    {
      name: "Windows-1252, which nothing tells",
      bytes: Buffer.concat([Buffer.from("Éditions Garance ", "latin1"), Buffer.from([0x96]), Buffer.from(" Lyon")]),
      isGuessed: true,
    },
  ];
  for (const { name, bytes, isGuessed } of encodings) {
    it(`reads ${name}`, () => {
      assert.deepEqual(decodeText(bytes), { text: TEXT, isGuessed });
    });
  }
});
