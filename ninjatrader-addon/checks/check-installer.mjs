// Runs the installer's own text on folders in memory, and has every step of it that changes something fail, stop the machine,
// or stop it in the middle of writing: node check-installer.mjs SCRIPT
// After each of them bin\Custom must be whole, old or new, or the script must have said that it is not; and the next run must
// make it whole, also when that one is stopped at any step. Ends with what was tried; exit code 1 with what was wrong.
// It is not Windows that runs here: commands do what Microsoft's documentation of them says, as far as folders.mjs has it.
import { readFileSync } from 'node:fs';
import { Failed, Folders, Killed } from './folders.mjs';
import { Unknown, parse, run } from './powershell.mjs';

const HOME = 'C:\\Users\\me\\Documents';
const NINJATRADER = `${HOME}\\NinjaTrader 8`;
const CUSTOM = `${NINJATRADER}\\bin\\Custom`;
const STORE = `${NINJATRADER}\\Tickbridge`;
const PROGRAM = 'C:\\Program Files\\NinjaTrader 8\\bin\\NinjaTrader.exe';
const PACKAGE = 'C:\\Users\\me\\Downloads\\tickbridge-ninjatrader.zip';
const PARTS = ['AddOns\\Tickbridge\\Core\\A.cs', 'AddOns\\Tickbridge\\Core\\B.cs', 'AddOns\\Tickbridge\\Gui\\C.cs',
    'Indicators\\TickbridgeFlow.cs', 'Strategies\\TickbridgeStrategy.cs', 'AddOns\\TickbridgeAddOn.cs'];
const STRANGERS = [`${CUSTOM}\\AddOns\\Other.cs`, `${CUSTOM}\\Indicators\\@SMA.cs`, `${STORE}\\limits.txt`, `${STORE}\\keys\\desk.p12`,
    `${STORE}\\backup-20260101-000000\\AddOns\\TickbridgeAddOn.cs`];
/** Otherwise second runs are disturbed over one kind of machine alone, at every seventh step; which, differs from point to point. */
const ALL = process.env.TICKBRIDGE_INSTALLER_STEPS === 'all';
const script = parse(readFileSync(process.argv[2], 'utf8'));
let runs = 0;
let points = 0;
let halves = 0;
const wrong = [];

/** Runs it; returns exit code, words and what killed it, if something did. */
function install(folders, { archive = entries('new'), uninstall = false, version = [8, 1, 4, 1], isRunning = false, isLocked = false } = {}) {
    runs++;
    const said = [];
    const item = path => ({ FullName: path, PSIsContainer: folders.isFolder(path), Length: folders.read(path)?.length ?? 0,
        VersionInfo: { FileMajorPart: version[0], FileMinorPart: version[1], FileBuildPart: version[2], FilePrivatePart: version[3] } });
    const path = (given, positional) => given.get('literalpath') ?? given.get('path') ?? positional[0];
    const commands = {
        'Set-StrictMode': () => null,
        'Out-Null': () => null,
        'Add-Type': () => null,
        'Write-Host': (given, positional) => { said.push(positional.join(' ')); return null; },
        'Join-Path': (given, positional) => `${positional[0]}\\${positional[1]}`,
        'Split-Path': (given) => given.get('parent').slice(0, given.get('parent').lastIndexOf('\\')),
        'Get-Date': () => '20261123-101500',
        'Get-Process': () => (isRunning ? { Name: 'NinjaTrader' } : null),
        'New-Object': (given, positional) => versionOf(positional[1]),
        'Get-Item': (given, positional) => item(path(given, positional)),
        'Test-Path': (given, positional) => folders.exists(path(given, positional))
            && (given.get('pathtype') === undefined || (given.get('pathtype') === 'Container') === folders.isFolder(path(given, positional))),
        'New-Item': (given, positional) => folders.makeFolder(path(given, positional)),
        'Move-Item': (given, positional) => folders.move(path(given, positional), given.get('destination')),
        'Remove-Item': (given, positional) => folders.remove(path(given, positional), given.get('recurse') === true),
        'Set-Content': (given, positional) => folders.write(path(given, positional), given.get('value')),
        'Get-ChildItem': (given, positional) => children(folders, path(given, positional), given).map(item),
    };
    const types = {
        cast: (type, value) => versionOf(value.split('.').map(Number)),
        call: (name, given) => {
            switch (name) {
                case 'Environment::GetFolderPath': return HOME;
                case 'IO.Compression.ZipFile::OpenRead': return { Entries: archive, Dispose: () => null };
                case 'IO.Compression.ZipFileExtensions::ExtractToFile':
                    return folders.write(given[1], given[0].text.slice(0, given[0].isShort ? 1 : undefined), false);
                case 'IO.File::Open':
                    if (isLocked) {
                        throw new Failed('it is being used by another process');
                    }
                    if (!folders.exists(given[0])) {
                        folders.write(given[0], '');
                    }
                    return { Dispose: () => null };
                default: throw new Unknown(name);
            }
        },
    };
    try {
        const exit = run(script, { commands, types, options: { uninstall },
            variables: { psscriptroot: 'C:\\Users\\me\\Downloads', 'env:programfiles': 'C:\\Program Files' } });
        return { exit, said: said.join('\n') };
    } catch (thrown) {
        if (!(thrown instanceof Killed)) {
            throw thrown;
        }
        return { exit: 'killed', said: said.join('\n') };
    }
}

function children(folders, path, given) {
    const below = folders.below(path).filter(one => given.get('recurse') || !one.slice(path.length + 1).includes('\\'));
    const pattern = given.get('filter') === undefined ? /^/
        : new RegExp(`^${given.get('filter').replaceAll('*', '.*')}$`, 'i');
    return below.filter(one => pattern.test(one.slice(one.lastIndexOf('\\') + 1)) && !(given.get('file') && folders.isFolder(one)));
}

function versionOf(numbers) {
    const [version] = [numbers];
    return { compareTo: other => version.map((one, i) => one - (other.parts[i] ?? 0)).find(difference => difference !== 0) ?? 0,
        parts: version, toString: () => version.join('.') };
}

function entries(word) {
    return [{ FullName: 'Info.xml', Length: 1, text: 'i' }, ...PARTS.map(part => ({ FullName: part, Length: word.length, text: word }))];
}

/** What a person has before: nothing of ours, an earlier one, or one that lacks a part and has one that is no longer. */
function machine(before) {
    const folders = new Folders();
    STRANGERS.forEach(path => folders.put(path, 'theirs'));
    folders.put(PROGRAM, 'exe');
    folders.put(PACKAGE, 'zip');
    const had = before === 'nothing' ? [] : before === 'earlier' ? PARTS
        : [...PARTS.filter(part => !part.startsWith('Strategies')), 'AddOns\\Tickbridge\\Old.cs'];
    had.forEach(part => folders.put(`${CUSTOM}\\${part}`, 'old'));
    return folders;
}

const DONE = machine('earlier');
const WHOLE = new Map([['install', whole('new')], ['uninstall', whole(null)]]);

function whole(word) {
    const folders = machine('nothing');
    if (word) {
        PARTS.forEach(part => folders.put(`${CUSTOM}\\${part}`, word));
    }
    return folders.picture(CUSTOM);
}

function expect(isSo, story, folders, result) {
    if (!isSo) {
        if (wrong.length === 5) {
            end();
        }
        wrong.push(`${story}\n  exit ${result.exit}: ${result.said.replaceAll('\n', ' / ')}\n  ${folders.picture(CUSTOM).replaceAll('\n', '\n  ')}`);
    }
}

function end() {
    wrong.slice(0, 5).forEach(one => console.error(one));
    if (wrong.length > 0 || halves === 0) {
        console.error(`the installer: ${wrong.length} wrong of ${points} disturbed runs, ${halves} half done`);
        process.exit(1);
    }
    console.log(`the installer: ${points} disturbed runs, ${runs} in all; ${halves} said that they were half done, and the next `
        + 'run mended each');
    process.exit(0);
}

/** What must hold after any run that was not killed. */
function judge(folders, result, before, after, story) {
    const now = folders.picture(CUSTOM);
    const half = result.said.includes('HALF DONE') && result.said.includes('Do not start NinjaTrader');
    expect({ 0: now === after && !half && /Tickbridge (is installed|was removed)/.test(result.said),
        1: now === before && !half && /Everything is as it was|Nothing was changed/.test(result.said),
        2: half && /run this again/.test(result.said) }[result.exit] === true, story, folders, result);
    expect(STRANGERS.every(path => folders.read(path) === 'theirs'), `${story}: what is not ours was touched`, folders, result);
    if (before !== machine('nothing').picture(CUSTOM) && result.exit === 0 && before !== after) {
        const kept = folders.below(STORE).filter(one => one.includes('\\backup-') && folders.read(one) === 'old').length;
        expect(kept === before.split(' = old').length - 1, `${story}: ${kept} files kept as a backup`, folders, result);
    }
}

/** The next run, with nothing in its way, must make it whole: with an archive that is none, what was before. */
function heal(folders, before, after, options, story) {
    const again = folders.copy();
    again.plan(() => 'go');
    judgeHealed(again, install(again, options), [after], `${story}; then again`);
    const back = folders.copy();
    back.plan(() => 'go');
    judgeHealed(back, install(back, { archive: entries('bad').slice(0, 3) }), [before, after], `${story}; then with an archive that lacks parts`);
}

function judgeHealed(folders, result, allowed, story) {
    expect(allowed.includes(folders.picture(CUSTOM)), story, folders, result);
    expect(result.exit === (allowed.length === 1 ? 0 : 1), `${story}: exit code`, folders, result);
    expect(STRANGERS.every(path => folders.read(path) === 'theirs'), `${story}: what is not ours was touched`, folders, result);
    expect(!folders.below(STORE).some(one => /\\(staging|change)-[^\\]*$/.test(one)), `${story}: something is left over`, folders, result);
}

for (const task of ['install', 'uninstall']) {
    for (const before of ['nothing', 'earlier', 'other']) {
        const options = { uninstall: task === 'uninstall' };
        const start = machine(before);
        const was = start.picture(CUSTOM);
        const after = WHOLE.get(task);
        const undisturbed = start.copy();
        undisturbed.plan(() => 'go');
        const result = install(undisturbed, options);
        expect(result.exit === 0, `${task} over ${before}`, undisturbed, result);
        judge(undisturbed, result, was, after, `${task} over ${before}`);
        const plans = at => ({
            'fails once': number => (number === at ? 'fail' : 'go'),
            'and all later ones fail': number => (number >= at ? 'fail' : 'go'),
            'a full disk from there': (number, verb) => (number >= at && (verb === 'write' || verb === 'make') ? 'fail' : 'go'),
            'fails, the third after it too': number => (number === at || number === at + 3 ? 'fail' : 'go'),
            kill: number => (number === at ? 'kill' : 'go'),
            torn: number => (number === at ? 'torn' : 'go'),
        });
        for (let at = 1; at <= undisturbed.steps; at++) {
            for (const [what, plan] of Object.entries(plans(at))) {
                const folders = start.copy();
                folders.plan(plan);
                const story = `${task} over ${before}, step ${at}: ${what}`;
                const disturbed = install(folders, options);
                points++;
                if (disturbed.exit !== 'killed') {
                    judge(folders, disturbed, was, after, story);
                }
                halves += disturbed.exit === 2 ? 1 : 0;
                heal(folders, was, after, options, story);
                // The run that undoes is stopped too, at each of its steps.
                if ((disturbed.exit === 'killed' || disturbed.exit === 2) && (ALL || before === 'other')) {
                    const healing = folders.copy();
                    healing.plan(() => 'go');
                    install(healing, options);
                    const stride = ALL ? 1 : 7;
                    for (let second = 1 + at % stride; second <= healing.steps; second += stride) {
                        for (const end of ['kill', 'torn', 'fail']) {
                            const twice = folders.copy();
                            twice.plan(number => (number === second ? end : 'go'));
                            const told = install(twice, options);
                            points++;
                            if (told.exit === 1) {
                                expect([was, after].includes(twice.picture(CUSTOM)), `${story}; then ${end} at ${second}`, twice, told);
                            }
                            heal(twice, was, after, options, `${story}; then ${end} at ${second}`);
                        }
                    }
                }
            }
        }
    }
}

// What is refused before anything is touched, each with its words.
for (const [what, options, words] of [
    ['NinjaTrader runs', { isRunning: true }, /NinjaTrader is running/],
    ['an old NinjaTrader', { version: [8, 0, 28, 0] }, /version 8\.0\.28\.0; needed is 8\.1 or later/],
    ['a foreign file', { archive: [...entries('new'), { FullName: 'AddOns\\Other.cs', Length: 1, text: 'x' }] }, /which is not of Tickbridge/],
    ['a way out', { archive: [...entries('new'), { FullName: 'AddOns/Tickbridge/../Other.cs', Length: 1, text: 'x' }] }, /which is not of Tickbridge/],
    ['a part is missing', { archive: entries('new').slice(0, -1) }, /the archive holds no AddOns\\TickbridgeAddOn\.cs/],
    ['a file cut short', { archive: entries('new').map(one => ({ ...one, isShort: true })) }, /was not unpacked whole/],
    ['two runs at once', { isLocked: true }, /install\.lock cannot be opened/],
]) {
    const folders = DONE.copy();
    folders.plan(() => 'go');
    const result = install(folders, options);
    expect(result.exit === 1 && words.test(result.said) && /^Nothing was changed\. /m.test(result.said)
        && folders.picture(CUSTOM) === DONE.picture(CUSTOM), what, folders, result);
}
const twice = DONE.copy();
twice.plan(() => 'go');
install(twice);
const second = install(twice, { archive: entries('newer') });
expect(second.exit === 0 && twice.below(STORE).filter(one => /\\backup-20261123-101500(-2)?$/.test(one)).length === 2,
    'twice within a second', twice, second);

end();
