"""Reads a usage store with PyArrow, and checks every quantity against its text.

    python3 scripts/dev/readStore.py usage-store

Ends with 1 where a quantity is not its text, rounded half away from zero to 20 places.
"""

import sqlite3
import sys
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

PLACES = Decimal(1).scaleb(-20)
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def main(folder: Path) -> int:
    store = sqlite3.connect(f"file:{folder / 'store.db'}?mode=ro", uri=True)
    paths = [folder / path for (path,) in store.execute("SELECT path FROM segment WHERE state = 'live' ORDER BY path")]
    if not paths:
        print("no usage")
        return 0
    usage = ds.dataset([str(path) for path in paths], format="parquet")
    assert usage.schema.field("quantity").type == pa.decimal128(38, 20), usage.schema.field("quantity").type
    rows, wrong, total = 0, 0, Decimal(0)
    for batch in usage.to_batches(columns=["quantity", "quantity_text", "usage_date", "usage_start"]):
        for row in batch.to_pylist():
            rows += 1
            total = EXACT.add(total, row["quantity"])
            exact = Decimal(row["quantity_text"]).quantize(PLACES, context=EXACT)
            if exact != row["quantity"] or row["usage_start"].date() != row["usage_date"]:
                wrong += 1
                print("wrong:", row, file=sys.stderr)
    print(f"{rows} rows in {len(paths)} files, sum {total:f}, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
