"""Fails if a function's zip holds a jar that the SBOM doesn't list with these bytes: sbom.py ZIP SBOM"""

import hashlib
import json
import sys
import zipfile

archive, sbom = sys.argv[1:]
with open(sbom, encoding="utf-8") as file:
    listed = {
        entry["content"]
        for component in json.load(file)["components"]
        for entry in component.get("hashes", [])
        if entry["alg"] == "SHA-256"
    }
with zipfile.ZipFile(archive) as function:
    # The project's own classes come first; they are what the SBOM is about.
    jars = [name for name in function.namelist() if name.startswith("lib/") and not name.startswith("lib/0-")]
    unlisted = [name for name in jars if hashlib.sha256(function.read(name)).hexdigest() not in listed]
if unlisted or not jars:
    sys.exit(f"{archive} has {len(jars)} jars; {sbom} doesn't list {', '.join(unlisted) or 'any'}")
print(f"{sbom} lists each of the {len(jars)} jars of {archive}")
