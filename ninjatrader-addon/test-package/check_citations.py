"""Holds the stand-ins for NinjaTrader and WPF to their sources: each public type names the public page that documents it.

check_citations.py FOLDER...

The page stands in the comment above the type. A type of Microsoft's has a page of its own, whose address follows from its
name; NinjaTrader's help has pages for most, and where there is none the comment says so and names the page that shows it.
"""
import re
import sys
from pathlib import Path

NAMESPACE = re.compile(r"namespace ([\w.]+)")
TYPE = re.compile(r"\s*public (?:(?:static|sealed|abstract|partial) )*(?:(?:class|struct|enum|interface) |delegate [\w<>]+ )(\w+)")
NINJATRADER = re.compile(r"https://(developer\.ninjatrader\.com/docs/desktop/[a-z0-9_]+"
                         r"|ninjatrader\.com/support/helpGuides/nt8/[a-z0-9_]+\.htm)(?=[\s<]|$)")
MICROSOFT = "https://learn.microsoft.com/dotnet/api/"


def main():
    types, problems = 0, []
    for source in sorted(path for folder in sys.argv[1:] for path in Path(folder).rglob("*.cs")):
        namespace, comment = "", []
        for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
            found = NAMESPACE.match(line)
            namespace = found.group(1) if found else namespace
            declared = TYPE.match(line)
            if declared:
                types += 1
                if not is_cited(namespace, declared.group(1), " ".join(comment)):
                    problems.append(f"{source}:{number}: {declared.group(1)} names no page that documents it")
            if line.strip().startswith("///"):
                comment.append(line.strip()[3:])
            elif not line.strip().startswith("["):
                comment = []
    for problem in problems:
        print(problem, file=sys.stderr)
    if types == 0:
        print("no public type found", file=sys.stderr)
    sys.exit(1 if problems or types == 0 else 0)


def is_cited(namespace, name, comment):
    if namespace.split(".")[0] == "System":
        return re.search(re.escape(f"{MICROSOFT}{namespace}.{name}".lower()) + r"(?=[\s<]|$)", comment) is not None
    return NINJATRADER.search(comment) is not None


main()
