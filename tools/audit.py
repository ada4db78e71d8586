"""Looks up the pinned versions among the known vulnerabilities of packages.

    python -m tools.audit

Asks the service that pip-audit asks. Where that cannot be reached it says so and counts as done:
an audit must not stop whoever works offline.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PINS = Path(__file__).parents[1] / "constraints.txt"
OFFLINE = ("ConnectionError", "Max retries", "Temporary failure", "ServiceError", "NewConnection")


def main() -> None:
    """Print the known faults of the pinned versions; exit code 1 where there are any."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(PINS), "--no-deps"]
    options = ["--disable-pip", "--progress-spinner", "off", "--format", "json"]
    run = subprocess.run([*command, *options], capture_output=True, text=True)
    try:
        packages = json.loads(run.stdout)["dependencies"]
    except (ValueError, KeyError):
        if any(sign in run.stderr for sign in OFFLINE):
            packages = []
        else:
            sys.exit(run.stderr.strip() or "pip-audit cannot be run")
    checked = [package for package in packages if "skip_reason" not in package]
    if not checked:
        print("Nothing was checked: the list of vulnerabilities cannot be reached from here.")
        return
    faults = [package for package in checked if package["vulns"]]
    for package in faults:
        for fault in package["vulns"]:
            mended = ", ".join(fault["fix_versions"]) or "no version yet"
            print(f"{package['name']} {package['version']}: {fault['id']}, mended in {mended}")
    print(f"{len(checked)} of {len(packages)} packages checked, {len(faults)} with known faults.")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
