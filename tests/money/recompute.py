"""Rates usage anew with Python's Decimal, by docs/rates.md alone, and compares every line to the last digit.

Reads one JSON document from standard input: {"cases": [{"card", "quantities", "filled", "lines"}]}, numbers as texts.
Prints what was compared; the exit code is 1 where anything differs.
"""

import json
import sys
from decimal import ROUND_HALF_UP, Decimal, getcontext

getcontext().prec = 120
NEVER = Decimal("Infinity")


def holds(rate, day):
    return rate.get("from", "") <= day < rate.get("to", "9999-99-99")


def rate_on(card, meter, tenant, day):
    """The tenant's own rate and that of all tenants; the first says what the second does not."""
    same = [rate for rate in card["rates"] if rate["meter"] == meter and holds(rate, day)]
    own = [rate for rate in same if rate.get("tenantId") == tenant]
    base = [rate for rate in same if "tenantId" not in rate]
    assert len(own) <= 1 and len(base) <= 1
    if not own and not base:
        return None
    merged = dict(base[0]) if base else {}
    if own:
        if "price" in own[0] or "tiers" in own[0]:
            merged.pop("price", None)
            merged.pop("tiers", None)
        merged.update(own[0])
    return merged if "price" in merged or "tiers" in merged else None


def slots_of(card, rate):
    """Slots as (tier, begin, end, unit price); below 0 the first one goes on."""
    factor = 1 + Decimal(rate.get("markup", card.get("markup", "0%")).rstrip("%")) / 100
    tiers = rate.get("tiers") or [{"price": rate["price"]}]
    free = Decimal(rate.get("free", "0"))
    slots = [(0, Decimal(0), free, Decimal(0))] if free else []
    for number, tier in enumerate(sorted(tiers, key=lambda one: Decimal(one.get("from", "0"))), 1):
        price = Decimal(tier["price"]) * factor
        if "pricePlaces" in card:
            price = price.quantize(Decimal(1).scaleb(-int(card["pricePlaces"])), ROUND_HALF_UP)
        end = free + Decimal(tier["to"]) if "to" in tier else NEVER
        slots.append((number, free + Decimal(tier.get("from", "0")), end, price))
    number, _, end, price = slots[0]
    return [(number, -NEVER, end, price), *slots[1:]]


def reached(position, begin, end):
    """How much of a slot is filled; of one that goes on below 0, counted from 0."""
    within = min(max(position, begin), end)
    return within - (begin if begin != -NEVER else 0)


def lines_of(card, rate, before, quantity):
    slots = slots_of(card, rate)
    after = before + quantity
    parts = [(tier, reached(after, begin, end) - reached(before, begin, end), price) for tier, begin, end, price in slots]
    parts = [part for part in parts if part[1] != 0]
    if quantity < 0:
        parts.reverse()
    if not parts:
        parts = [(tier, Decimal(0), price) for tier, begin, end, price in slots if begin <= before < end]
    return [("rated", tier, part, price, part * price) for tier, part, price in parts]


def expected(case):
    card = case["card"]
    positions = {}
    for row in case["quantities"]:
        key = f"{row['tenantId']}/{row['meterId']}/{row['day'][:7]}"
        before = positions.get(key, Decimal(case["filled"].get(key, "0")))
        quantity = Decimal(row["quantity"])
        positions[key] = before + quantity
        rate = rate_on(card, row["meterId"], row["tenantId"], row["day"])
        if rate is None:
            yield ("unrated", None, quantity, None, None)
        else:
            yield from lines_of(card, rate, before, quantity)


def given(line):
    if line["status"] == "unrated":
        return ("unrated", None, Decimal(line["quantity"]), None, None)
    numbers = [Decimal(line[name]) for name in ("quantity", "unitPrice", "cost")]
    return ("rated", line["tier"], *numbers)


def main():
    compared = wrong = 0
    for number, case in enumerate(json.load(sys.stdin)["cases"]):
        ours = [given(line) for line in case["lines"]]
        theirs = list(expected(case))
        compared += len(theirs)
        if ours != theirs:
            wrong += 1
            differing = [pair for pair in zip(ours, theirs) if pair[0] != pair[1]][:3]
            print(f"case {number}: {len(ours)} lines, expected {len(theirs)}; {differing}\n{json.dumps(case['card'])}")
    print(f"{compared} lines compared, {wrong} cases differ")
    return 1 if wrong or not compared else 0


sys.exit(main())
