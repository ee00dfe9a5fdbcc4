#!/usr/bin/env bash
# Compiles the C# add-on core with Mono, and tests it. Maven calls it; so may you:
#
#   ./build.sh compile   target/tickbridge-console.exe
#   ./build.sh test      compiles, runs every test, ends with "N passed, N failed"
#
# Without Mono it says so and succeeds, so that the Java side builds alone; with TICKBRIDGE_REQUIRE_MONO=1 it fails.
# On Debian: apt-get install --no-install-recommends mono-mcs mono-runtime mono-devel \
#                            libnunit-framework2.6.3-cil nunit-console
set -euo pipefail
cd "$(dirname "$0")"

# C# 7.2 is the newest that mcs knows; NinjaTrader 8.1 compiles it too. Anything mcs warns of would be in users' way.
readonly flags=(-langversion:7.2 -warnaserror -warn:4 -debug)
readonly test_limit_seconds=300

# skip WHAT WHY: nothing more can be done.
skip() {
    echo "ninjatrader-addon: $1 skipped: $2"
    [[ ${TICKBRIDGE_REQUIRE_MONO:-} == 1 ]] && exit 1
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
    mkdir -p target
    # The core alone, as NinjaTrader will compile it; -doc checks the references in its comments.
    build tickbridge-core.dll library -doc:target/tickbridge-core.xml -nowarn:1591 -- src/Core
    build tickbridge-console.exe exe -- src/Core src/ConsoleHost
}

run_tests() {
    local framework
    compile
    framework=$(find /usr/lib/cli -path '*/nunit.framework-2.6*/nunit.framework.dll' 2> /dev/null | head -n 1)
    [[ -n $framework ]] || skip "C# tests" "NUnit not found (apt-get install libnunit-framework2.6.3-cil)"
    command -v nunit-console > /dev/null || skip "C# tests" "nunit-console not found (apt-get install nunit-console)"
    build tickbridge-tests.dll library -r:"$framework" -- src/Core src/ConsoleHost test

    rm -f target/tickbridge-tests.xml
    # --debug: file and line in a failure. One process and domain: there is nothing to keep apart.
    if ! MONO_ENV_OPTIONS=--debug timeout "$test_limit_seconds" nunit-console -nologo -nodots -noshadow -domain=None \
        -xml=target/tickbridge-tests.xml target/tickbridge-tests.dll > target/tickbridge-tests.log 2>&1; then
        cat target/tickbridge-tests.log
    fi
    totals
}

# attribute NAME: a count in NUnit's result.
attribute() {
    sed -n "s/^<test-results .* $1=\"\([0-9]*\)\".*/\1/p" target/tickbridge-tests.xml
}

totals() {
    if [[ ! -f target/tickbridge-tests.xml ]]; then
        echo "ninjatrader-addon: the test run ended without a result" >&2
        echo "0 passed, 1 failed"
        return 1
    fi
    local failed passed
    failed=$(($(attribute errors) + $(attribute failures) + $(attribute inconclusive) + $(attribute invalid)))
    passed=$(($(attribute total) - $(attribute errors) - $(attribute failures) - $(attribute inconclusive)))
    echo "$passed passed, $failed failed"
    ((failed == 0 && passed > 0))
}

case ${1:-} in
    compile) compile ;;
    test) run_tests ;;
    *)
        echo "usage: $0 compile|test" >&2
        exit 2
        ;;
esac
