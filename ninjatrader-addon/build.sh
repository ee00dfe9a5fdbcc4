#!/usr/bin/env bash
# Compiles the C# add-on core with Mono, and tests it. Maven calls it; so may you:
#
#   ./build.sh compile   target/tickbridge-console.exe
#   ./build.sh package   target/tickbridge-ninjatrader.zip, which NinjaTrader imports, and the installer beside it
#   ./build.sh test      compiles, packs, runs every test, ends with "N passed, N failed"
#   ./build.sh package-if-possible   the same for Maven: without Mono it is left out
#
# Without Mono it says so and succeeds, so that the Java side builds alone; with TICKBRIDGE_REQUIRE_MONO=1 it fails, and so
# does package, which a person asks for a package.
# On Debian: apt-get install --no-install-recommends mono-mcs mono-runtime mono-devel \
#                            libnunit-framework2.6.3-cil nunit-console
set -euo pipefail
cd "$(dirname "$0")"

# C# 7.2 is the newest that mcs knows; NinjaTrader 8.1 compiles it too. Anything mcs warns of would be in users' way.
readonly flags=(-langversion:7.2 -warnaserror -warn:4 -debug)
readonly test_limit_seconds=300
# Of the assemblies that NinjaTrader compiles users' sources with, those that ours need.
readonly nt_references=(-r:System.Core -r:System.Xml.Linq)
readonly task=${1:-}
checks_passed=0
checks_failed=0

# skip WHAT WHY: nothing more can be done.
skip() {
    if [[ ${TICKBRIDGE_REQUIRE_MONO:-} == 1 || $task == package ]]; then
        echo "ninjatrader-addon: $1 failed: $2" >&2
        exit 1
    fi
    echo "ninjatrader-addon: $1 skipped: $2"
    exit 0
}

need_mono() {
    command -v mcs > /dev/null || skip "C# compilation" "mcs not found (apt-get install mono-mcs)"
    command -v mono > /dev/null || skip "C# compilation" "mono not found (apt-get install mono-runtime)"
}

# The reference assemblies of .NET Framework 4.8 (Debian: mono-devel) hold us to what NinjaTrader has. Without them
# Mono's own class library serves to run the code, but lets slip what .NET Framework lacks. Prints mcs's option.
sdk() {
    local prefix
    prefix=$(dirname "$(dirname "$(readlink -f "$(command -v mono)")")")
    if [[ -f $prefix/lib/mono/4.8-api/mscorlib.dll ]]; then
        echo -sdk:4.8-api
    elif [[ ${TICKBRIDGE_REQUIRE_MONO:-} == 1 ]]; then
        echo "ninjatrader-addon: reference assemblies of .NET Framework 4.8 not found (apt-get install mono-devel)" >&2
        return 1
    else
        # No -sdk at all then: mono-runtime alone has its libraries where no named SDK is looked for.
        echo "ninjatrader-addon: compiling against Mono's class library; mono-devel would bring the 4.8 reference" >&2
    fi
}

# sources FOLDER...: every C# file in a fixed order.
sources() {
    find "$@" -name '*.cs' | LC_ALL=C sort
}

# build OUT TARGET [mcs argument...] -- FOLDER...: compiles unless OUT was made from the same files and arguments.
build() {
    local out=target/$1 target=$2 arguments=() files stamp
    shift 2
    while [[ $1 != -- ]]; do
        arguments+=("$1")
        shift
    done
    shift
    mapfile -t files < <(sources "$@")
    arguments+=(${sdk:+"$sdk"} "-target:$target" "-out:$out" "${flags[@]}")
    stamp=$({ printf '%s\n' "${arguments[@]}" "$(mcs --version)"; sha256sum "${files[@]}"; } | sha256sum)
    if [[ -f $out && -f $out.stamp && $(< "$out.stamp") == "$stamp" ]]; then
        return
    fi
    rm -f "$out.stamp"
    mcs "${arguments[@]}" "${files[@]}"
    echo "$stamp" > "$out.stamp"
}

compile() {
    need_mono
    sdk=$(sdk)
    mkdir -p target/platform
    # The core alone, as NinjaTrader will compile it; -doc checks the references in its comments.
    build tickbridge-core.dll library -doc:target/tickbridge-core.xml -nowarn:1591 -- src/Core
    build tickbridge-console.exe exe -- src/Core src/ConsoleHost
}

# The archive for NinjaTrader and its installer, the same bytes from the same sources.
package() {
    compile
    mono_has System.IO.Compression || skip "packaging" "System.IO.Compression not found (apt-get install mono-devel)"
    build packager.exe exe -r:System.IO.Compression -- packaging
    mono target/packager.exe src target/tickbridge-ninjatrader.zip
    cp packaging/Install-Tickbridge.ps1 target/
}

# mono_has ASSEMBLY: whether the runtime finds it.
mono_has() {
    local prefix
    prefix=$(dirname "$(dirname "$(readlink -f "$(command -v mono)")")")
    [[ -f $prefix/lib/mono/4.5/$1.dll || -d $prefix/lib/mono/gac/$1 ]]
}

# What users' machines do: the archive is unpacked and compiled as NinjaTrader would, as C# 7.2 against the API of .NET
# Framework 4.8 and the stubs, three times over: as it is, once more for a recompilation, and among add-ons of others
# that use every name that ours could stumble over. Stubs of WindowsBase are left out where the 4.8 reference has it.
compile_as_users_do() {
    local stubs=target/platform/NinjaTrader.Stubs.dll prefix name
    rm -rf target/platform/unpacked
    mkdir -p target/platform/unpacked
    python3 test-package/check_package.py target/tickbridge-ninjatrader.zip src target/platform/unpacked
    build platform/NinjaTrader.Stubs.dll library -r:System.Xml.Linq -- stubs
    build platform/custom-first.dll library "${nt_references[@]}" -r:"$stubs" -- target/platform/unpacked
    # The process that is NinjaTrader as far as the stubs are, for tests with a gateway.
    build platform/tickbridge-platform-host.exe exe -r:"$stubs" -- platform-host
    for name in second again-{0..5}; do
        build "platform/custom-$name.dll" library "${nt_references[@]}" -r:"$stubs" -- target/platform/unpacked
    done
    build platform/custom-crowded.dll library "${nt_references[@]}" -r:"$stubs" -nowarn:436 \
        -- target/platform/unpacked test-package/others
    prefix=$(dirname "$(dirname "$(readlink -f "$(command -v mono)")")")
    if [[ -n $sdk && -f $prefix/lib/mono/4.8-api/WindowsBase.dll ]]; then
        # The dispatcher as Microsoft declares it.
        build platform/custom-reference.dll library "${nt_references[@]}" -r:WindowsBase \
            -- target/platform/unpacked stubs/Wpf stubs/NinjaTrader test-package/dispatcher
    fi
}

# check WHAT COMMAND...: runs a check that is no NUnit test, and counts it.
check() {
    local what=$1 outcome=0
    shift
    # In a condition the shell would go on after a command that failed inside.
    set +e
    (
        set -e
        "$@"
    )
    outcome=$?
    set -e
    if ((outcome == 0)); then
        checks_passed=$((checks_passed + 1))
    else
        checks_failed=$((checks_failed + 1))
        echo "ninjatrader-addon: failed: $what" >&2
    fi
}

# PowerShell is parsed where node and the grammar are; ../linux-gateway/bin/ensure-packages tests brings both.
check_powershell() {
    local files=(packaging/*.ps1)
    if [[ ! -d checks/node_modules ]] || ! command -v node > /dev/null; then
        echo "ninjatrader-addon: PowerShell check skipped: node or its grammar not found" \
            "(linux-gateway/bin/ensure-packages tests)"
        [[ ${TICKBRIDGE_REQUIRE_ALL:-} != 1 ]]
        return
    fi
    [[ -d ../vps-deploy/windows ]] && files+=(../vps-deploy/windows/*.ps1)
    node checks/check-powershell.mjs "${files[@]}" || return 1
    # A check that passes everything would be none.
    ! node checks/check-powershell.mjs test-package/broken.ps1 2> /dev/null
}

# Each type of the stand-ins for NinjaTrader and WPF names the page that documents it.
check_citations() {
    python3 test-package/check_citations.py stubs/NinjaTrader stubs/Wpf stubs/WindowsBase || return 1
    # A check that passes everything would be none: of the three here each must be found.
    ! python3 test-package/check_citations.py test-package/uncited 2> target/uncited || return 1
    (($(wc -l < target/uncited) == 3))
}

# The installer's own text, run on folders in memory, with each of its steps failing or being its last.
check_installer() {
    if [[ ! -d checks/node_modules ]] || ! command -v node > /dev/null; then
        echo "ninjatrader-addon: the installer's steps skipped: node or the PowerShell grammar not found" \
            "(linux-gateway/bin/ensure-packages tests)"
        [[ ${TICKBRIDGE_REQUIRE_ALL:-} != 1 ]]
        return
    fi
    node checks/check-installer.mjs packaging/Install-Tickbridge.ps1 || return 1
    # One that puts back twice what it has put back already loses what was there: that must be seen.
    # shellcheck disable=SC2016 # PowerShell's variable
    sed 's/ -and -not \$isBack//' packaging/Install-Tickbridge.ps1 > target/installer-that-loses.ps1
    ! node checks/check-installer.mjs target/installer-that-loses.ps1 2> /dev/null
}

# Who asks for a package and gets none must see it; the Java side builds without.
check_package_needs_mono() {
    local bare=target/bare tool
    mkdir -p "$bare"
    for tool in dirname readlink; do
        ln -sf "$(command -v "$tool")" "$bare/$tool"
    done
    ! TICKBRIDGE_REQUIRE_MONO='' PATH=$bare "$BASH" build.sh package 2> "$bare/said" || return 1
    [[ $(< "$bare/said") == *"mcs not found (apt-get install mono-mcs)"* ]] || return 1
    TICKBRIDGE_REQUIRE_MONO='' PATH=$bare "$BASH" build.sh package-if-possible > "$bare/said"
}

# The strategy that README.md shows, compiled beside the package.
check_example() {
    local example=target/platform/example
    mkdir -p "$example"
    awk '/^```csharp/ { block = ""; inside = 1; next } /^```/ { if (inside && block ~ /MyStrategy/) printf "%s", block; inside = 0 }
        inside { block = block $0 "\n" }' README.md > "$example/MyStrategy.cs"
    [[ -s $example/MyStrategy.cs ]] || return 1
    build platform/custom-example.dll library "${nt_references[@]}" -r:target/platform/NinjaTrader.Stubs.dll \
        -- target/platform/unpacked "$example"
}

run_tests() {
    local framework
    package
    framework=$(find /usr/lib/cli -path '*/nunit.framework-2.6*/nunit.framework.dll' 2> /dev/null | head -n 1)
    [[ -n $framework ]] || skip "C# tests" "NUnit not found (apt-get install libnunit-framework2.6.3-cil)"
    command -v nunit-console > /dev/null || skip "C# tests" "nunit-console not found (apt-get install nunit-console)"
    build tickbridge-tests.dll library -r:"$framework" -- src/Core src/ConsoleHost test

    check "compilation of the package as users do it" compile_as_users_do
    check "README.md's strategy" check_example
    check "a package or an error" check_package_needs_mono
    check "PowerShell" check_powershell
    check "citations of the stubs" check_citations
    check "the installer, each step failing" check_installer
    build platform/tickbridge-platform-tests.dll library -r:"$framework" "${nt_references[@]}" \
        -r:target/platform/NinjaTrader.Stubs.dll -- src/Core src/NinjaTrader test-platform \
        test/ScriptedGateway.cs test/FrameBuilder.cs
    cp "$framework" target/platform/

    run_nunit tickbridge-tests
    run_nunit platform/tickbridge-platform-tests
    totals tickbridge-tests platform/tickbridge-platform-tests
}

# run_nunit NAME: every test of target/NAME.dll, result in target/NAME.xml.
run_nunit() {
    rm -f "target/$1.xml"
    # --debug: file and line in a failure. One process and domain: there is nothing to keep apart.
    if ! MONO_ENV_OPTIONS=--debug timeout "$test_limit_seconds" nunit-console -nologo -nodots -noshadow -domain=None \
        -xml="target/$1.xml" "target/$1.dll" > "target/$1.log" 2>&1; then
        cat "target/$1.log"
    fi
}

# attribute NAME FILE: a count in NUnit's result.
attribute() {
    sed -n "s/^<test-results .* $1=\"\([0-9]*\)\".*/\1/p" "$2"
}

# totals NAME...: the sum of what target/NAME.xml tell, and of the checks.
totals() {
    local failed=$checks_failed passed=$checks_passed name result
    for name in "$@"; do
        result=target/$name.xml
        if [[ ! -f $result ]]; then
            echo "ninjatrader-addon: the test run of $name ended without a result" >&2
            failed=$((failed + 1))
            continue
        fi
        failed=$((failed + $(attribute errors "$result") + $(attribute failures "$result")
            + $(attribute inconclusive "$result") + $(attribute invalid "$result")))
        passed=$((passed + $(attribute total "$result") - $(attribute errors "$result")
            - $(attribute failures "$result") - $(attribute inconclusive "$result")))
    done
    echo "$passed passed, $failed failed"
    ((failed == 0 && passed > 0))
}

case $task in
    compile) compile ;;
    package | package-if-possible) package ;;
    test) run_tests ;;
    *)
        echo "usage: $0 compile|package|package-if-possible|test" >&2
        exit 2
        ;;
esac
