"""Reads the import archive with a reader of its own and holds it to the documented layout; unpacks its sources.

check_package.py ARCHIVE SOURCE-FOLDER UNPACK-TO

The layout is that of the archives that the vendor gives out (ninjatrader.com/support/helpGuides/nt8/samples): Info.xml at
the root with the elements of info-elements.txt, sources named for their folder below bin\\Custom.
"""
import re
import sys
import xml.etree.ElementTree
import zipfile
from pathlib import Path

ELEMENTS = Path(__file__).with_name("info-elements.txt")
MARK = b"\xef\xbb\xbf"
FOUND_BY_NINJATRADER = ("AddOns\\TickbridgeAddOn.cs", "Indicators\\TickbridgeFlow.cs", "Strategies\\TickbridgeStrategy.cs")


def main():
    archive, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    problems = []
    with zipfile.ZipFile(archive) as packed:
        if packed.testzip() is not None:
            problems.append(f"damaged: {packed.testzip()}")
        names = [entry.orig_filename for entry in packed.infolist()]
        for entry in packed.infolist():
            problems += check(entry, packed.read(entry))
            if entry.orig_filename != "Info.xml":
                path = target.joinpath(*entry.orig_filename.split("\\"))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(packed.read(entry))
        problems += check_info(packed)
    if len({name.lower() for name in names}) != len(names):
        problems.append("names differ in nothing but capitals: Windows has one file of them")
    problems += [f"{name} is missing" for name in FOUND_BY_NINJATRADER if name not in names]
    wanted = sum(1 for folder in ("Core", "NinjaTrader") for _ in (source / folder).rglob("*.cs"))
    if len(names) != wanted + 1:
        problems.append(f"{len(names) - 1} sources, {wanted} expected")
    for problem in problems:
        print(f"{archive}: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)


def check(entry, content):
    name = entry.orig_filename
    if "/" in name or name.startswith("\\") or ".." in name or name.endswith("\\"):
        yield f"{name}: the name is not of the form Folder\\File"
    if name != "Info.xml" and not re.match(r"(AddOns|Indicators|Strategies)\\.+\.cs$", name):
        yield f"{name}: neither a source nor Info.xml"
    if len(name) > 120:
        yield f"{name}: too long below a folder of documents"
    if entry.compress_type not in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        yield f"{name}: compressed in a way that .NET does not read"
    if not content.startswith(MARK) or content.count(MARK) != 1:
        yield f"{name}: does not begin with one UTF-8 byte order mark"
    if content.count(b"\n") != content.count(b"\r\n") or b"\n" not in content:
        yield f"{name}: lines do not all end with CR LF"
    if name != "Info.xml" and re.search(rb"using (NUnit|Mono|Tickbridge\.(Stubs|ConsoleHost|Test))\b", content):
        yield f"{name}: uses what users do not have"
    content.decode("utf-8")


def paths(element, path):
    yield path
    for child in element:
        yield from paths(child, f"{path}/{child.tag}")


def check_info(packed):
    root = xml.etree.ElementTree.fromstring(packed.read("Info.xml").decode("utf-8-sig").replace(' encoding="utf-8"', ""))
    version = root.findtext("Export/Version") or ""
    sample = [line for line in ELEMENTS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    if list(paths(root, root.tag)) != sample:
        yield f"Info.xml: its elements are {list(paths(root, root.tag))}, those of the vendor's samples {sample}"
    if not re.fullmatch(r"8\.\d+\.\d+\.\d+", version) or [int(part) for part in version.split(".")] > [8, 1, 0, 0]:
        yield f"Info.xml: version {version}: an 8.1 may refuse it"


main()
