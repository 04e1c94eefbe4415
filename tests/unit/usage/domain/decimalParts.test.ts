import assert from "node:assert/strict";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { DECIMAL_OF_PARTS, decimalParts } from "../../../../usage/src/domain/decimalParts.ts";

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength, maxLength });

const decimals = fc
  .tuple(
    fc.constantFrom("", "-"),
    digits(1, 18),
    fc.oneof(
      fc.constant(""),
      digits(1, 20).map((text) => `.${text}`),
    ),
  )
  .map(([sign, whole, places]) => `${sign}${whole.replace(/^0+(?=\d)/, "")}${places}`);

describe("decimalParts", () => {
  it("gives DuckDB what its own cast of the text gives, to the last digit", async () => {
    const edges = ["999999999999999999.99999999999999999999", "-999999999999999999.99999999999999999999", "-0.0", "0"];
    const texts = [...edges, "-0.00000000000000000001", ...fc.sample(decimals, 3_000)];
    const connection = await (await DuckDBInstance.create()).connect();
    const values = texts.map((text) => {
      const { whole, upper, lower } = decimalParts(text);
      return `('${text}', ${whole}::BIGINT, ${upper}::BIGINT, ${lower}::BIGINT)`;
    });

    const reader = await connection.runAndReadAll(
      `SELECT text, CAST(${DECIMAL_OF_PARTS} AS VARCHAR), CAST(CAST(text AS DECIMAL(38,20)) AS VARCHAR)
       FROM (VALUES ${values.join()}) AS t(text, whole, upper, lower)`,
    );

    const rows = reader.getRowsJson();
    assert.equal(rows.length, texts.length);
    for (const [text, made, cast] of rows) assert.equal(made, cast, String(text));
    connection.closeSync();
  });
});
