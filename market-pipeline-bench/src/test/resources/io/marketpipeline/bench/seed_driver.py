"""Runs the Terraform original's handler: seed_driver.py FOLDER TICKS cold | some EVENTS | warm WARM_SECONDS SECONDS."""
import itertools
import json
import os
import sys
import time

folder, ticks, mode = sys.argv[1:4]
sys.path.insert(0, folder)
report = os.fdopen(os.dup(2), "w")


def tell(result):
    report.write(json.dumps(result) + "\n")
    report.flush()


# As many as the other contestants' driver takes.
most = {"cold": 1, "warm": 250}.get(mode)
with open(ticks, encoding="utf-8") as lines:
    events = [json.loads(line) for line in itertools.islice(lines, most)]

import handler  # the original makes its clients here, as in Lambda's init phase

if mode == "cold":
    handler.lambda_handler(events[0], None)
    tell({"first": True})
    sys.exit(0)

if mode == "some":
    for event in events[: int(sys.argv[4])]:
        handler.lambda_handler(event, None)
    tell({"first": True})
    sys.exit(0)


def run(seconds):
    latencies = []
    start = now = time.perf_counter_ns()
    end = start + int(seconds * 1e9)
    while now < end:
        handler.lambda_handler(events[len(latencies) % len(events)], None)
        then = time.perf_counter_ns()
        latencies.append(then - now)
        now = then
    return latencies, now - start


def peak_kilobytes():
    # Not ru_maxrss, which begins with what the process that started this one had (getrusage(2) counts from before the exec).
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return int(next(line for line in status if line.startswith("VmHWM:")).split()[1])
    except FileNotFoundError:
        return 0


run(float(sys.argv[4]))
latencies, nanos = run(float(sys.argv[5]))
latencies.sort()
tell({
    "events": len(latencies),
    "nanos": nanos,
    "p50": latencies[len(latencies) // 2],
    "p99": latencies[len(latencies) * 99 // 100],
    "peak_kb": peak_kilobytes(),
})
