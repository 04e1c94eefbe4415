"""Retrieves a Hub's usage hour by hour and writes a Parquet file for each usage day, as a script is written that has no more to do.

usage: plain.py ENDPOINT SUBSCRIPTION CA_FILE FIRST_HOUR HOURS FOLDER
"""

import datetime
import decimal
import json
import os
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import requests

endpoint, subscription, ca_file, first_hour, hours, folder = sys.argv[1:]
HOUR = datetime.timedelta(hours=1)
PLACES = decimal.Decimal(1).scaleb(-20)
decimal.getcontext().prec = 60
ORDER = [(name, "ascending") for name in ("subscription_id", "meter_id", "resource_id", "usage_start", "reported_start")]
SCHEMA = pa.schema(
    [
        ("subscription_id", pa.string()),
        ("meter_id", pa.string()),
        ("usage_start", pa.timestamp("us")),
        ("usage_end", pa.timestamp("us")),
        ("granularity", pa.string()),
        ("quantity", pa.decimal128(38, 20)),
        ("quantity_text", pa.string()),
        ("resource_id", pa.string()),
        ("resource_uri", pa.string()),
        ("location", pa.string()),
        ("tags", pa.string()),
        ("additional_info", pa.string()),
        ("reported_start", pa.timestamp("us")),
        ("fetched_at", pa.timestamp("us")),
    ]
)


def dashed(meter):
    bare = meter.replace("-", "").lower()
    return f"{bare[:8]}-{bare[8:12]}-{bare[12:16]}-{bare[16:20]}-{bare[20:]}"


def instant(text):
    return datetime.datetime.fromisoformat(text[:19])


def read(item, reported, fetched):
    properties = item["properties"]
    resource = json.loads(properties["instanceData"])["Microsoft.Resources"]
    quantity = properties["quantity"]
    return (
        properties["subscriptionId"].lower(),
        dashed(properties["meterId"]),
        instant(properties["usageStartTime"]),
        instant(properties["usageEndTime"]),
        "hourly",
        quantity.quantize(PLACES, decimal.ROUND_HALF_UP),
        str(quantity),
        resource["resourceUri"].replace("\\", "/").lower(),
        resource["resourceUri"],
        resource["location"],
        None if resource["tags"] in ("", "null", None) else resource["tags"],
        None if resource["additionalInfo"] in ("", "null", None) else resource["additionalInfo"],
        reported,
        fetched,
    )


def write(day, rows):
    target = os.path.join(folder, f"usage_date={day}")
    os.makedirs(target, exist_ok=True)
    columns = list(zip(*rows))
    table = pa.table([pa.array(values, field.type) for values, field in zip(columns, SCHEMA)], schema=SCHEMA)
    pq.write_table(table.sort_by(ORDER), os.path.join(target, "0.parquet"), compression="zstd")


def main():
    session = requests.Session()
    # Else a bundle that the environment names would be trusted in the place of this file.
    session.trust_env = False
    session.verify = ca_file
    session.headers["authorization"] = "Bearer none"
    days = {}
    start = instant(first_hour)
    for number in range(int(hours)):
        reported = start + number * HOUR
        url = (
            f"{endpoint}/subscriptions/{subscription}/providers/Microsoft.Commerce.Admin/subscriberUsageAggregates"
            "?api-version=2015-06-01-preview&aggregationGranularity=Hourly"
            f"&reportedStartTime={reported.isoformat()}Z&reportedEndTime={(reported + HOUR).isoformat()}Z"
        )
        while url:
            answer = session.get(url, timeout=60)
            answer.raise_for_status()
            page = json.loads(answer.content, parse_float=decimal.Decimal, parse_int=decimal.Decimal)
            fetched = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
            for item in page["value"]:
                row = read(item, reported, fetched)
                days.setdefault(row[2].date(), []).append(row)
            url = page.get("nextLink")
        # Nothing older than two days comes any more.
        for day in [day for day in days if day < (reported - 2 * 24 * HOUR).date()]:
            write(day, days.pop(day))
    for day, rows in days.items():
        write(day, rows)


main()
