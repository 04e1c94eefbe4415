import assert from "node:assert/strict";
import { escapeUnprintable, unprintableIn, withoutUnprintable } from "../../../../provider/src/domain/printable.ts";

const UNPRINTABLE: readonly (readonly [name: string, text: string, codes: readonly string[], escaped: string])[] = [
  ["a colour", "\u001b[31mred", ["U+001B"], "\\u001B[31mred"],
  ["a colour of one byte", "\u009b31mred", ["U+009B"], "\\u009B31mred"],
  ["a bell, a delete and a backspace", "a\u0007b\u007fc\b", ["U+0007", "U+007F", "U+0008"], "a\\u0007b\\u007Fc\\u0008"],
  ["line breaks and tabs", "a\r\nb\tc", ["U+000D", "U+000A", "U+0009"], "a\\r\\nb\\tc"],
  ["Unicode's own line ends", "a\u2028b\u2029c\u0085", ["U+2028", "U+2029", "U+0085"], "a\\u2028b\\u2029c\\u0085"],
  ["a line turned around", "\u202eosotnoC\u202c", ["U+202E", "U+202C"], "\\u202EosotnoC\\u202C"],
  [
    "isolates and marks",
    "\u2066a\u2069\u200f\u061c",
    ["U+2066", "U+2069", "U+200F", "U+061C"],
    "\\u2066a\\u2069\\u200F\\u061C",
  ],
  ["zero width", "Con\u200bto\ufeffso\u2060", ["U+200B", "U+FEFF", "U+2060"], "Con\\u200Bto\\uFEFFso\\u2060"],
  ["joiners that join nothing", "Con\u200dto\u200cso", ["U+200D", "U+200C"], "Con\\u200Dto\\u200Cso"],
  ["a soft hyphen and a filler", "a\u00adb\u3164", ["U+00AD", "U+3164"], "a\\u00ADb\\u3164"],
  ["half of a pair", "a\ud83db", ["U+D83D"], "a\\uD83Db"],
  ["hidden tags", "a\u{e0061}\u{e007f}", ["U+E0061", "U+E007F"], "a\\u{E0061}\\u{E007F}"],
];

const PRINTABLE: readonly string[] = [
  "Müller & Söhne",
  "Müller", // the umlaut as a mark of its own
  "日本電気株式会社",
  "葛\u{e0100}城市", // a variant of a character
  "Ελλάδα, Україна, ישראל, العربية",
  "می\u200cخواهم", // Persian spells with a joiner
  "ශ්\u200dරී ලංකාව", // and so does Sinhala
  "क्\u200dष",
  "👩\u200d💻 👨🏽\u200d⚕️ ❤️\u200d🔥 🇫🇷",
  "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
  "non-breaking\u00a0space",
  'C:\\u202E "quoted"',
];

describe("unprintableIn and escapeUnprintable", () => {
  for (const [name, text, codes, escaped] of UNPRINTABLE) {
    it(`show ${name}`, () => {
      assert.deepEqual(unprintableIn(text), codes);
      assert.equal(escapeUnprintable(text), escaped);
      assert.deepEqual(unprintableIn(escaped), []);
    });
  }

  for (const text of PRINTABLE) {
    it(`leave ${text}`, () => {
      assert.deepEqual(unprintableIn(text), []);
      assert.equal(escapeUnprintable(text), text);
      assert.equal(withoutUnprintable(text), text.replaceAll("\u00a0", " "));
    });
  }

  it("show what cannot be printed beside what joins", () => {
    const text = "👩\u200d💻\u200d می\u200cخواهم\u001b";

    assert.deepEqual(unprintableIn(text), ["U+200D", "U+001B"]);
    assert.equal(escapeUnprintable(text), "👩\u200d💻\\u200D می\u200cخواهم\\u001B");
  });
});

describe("withoutUnprintable", () => {
  it("makes one line of a name, and nothing of nothing", () => {
    assert.equal(withoutUnprintable(" Contoso\r\n\tRetail\u202e\u200b "), "Contoso Retail");
    assert.equal(withoutUnprintable("\u200b\u3164\n"), "");
  });
});
