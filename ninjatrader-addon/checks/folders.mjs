// A volume as Windows keeps it, in memory, with faults: folders and files under names in which capitals do not matter,
// renaming in one step, and a plan that lets a step fail, or the machine stop in the middle of it.

/** The process or the machine is gone: nothing of the script runs any more, not even what would tidy up. */
export class Killed extends Error {}

/** An error that the script sees. */
export class Failed extends Error {}

export class Folders {
    #entries = new Map(); // lower-case path -> { path, text }, text null for a folder
    #plan = () => 'go';
    steps = 0;

    copy() {
        const other = new Folders();
        this.#entries.forEach((entry, key) => other.#entries.set(key, { ...entry }));
        return other;
    }

    /** PLAN is asked before each step that changes something: (number, verb, path) -> 'go', 'fail', 'kill' or 'torn'. */
    plan(plan) {
        this.#plan = plan;
        this.steps = 0;
    }

    exists(path) {
        return this.#entries.has(path.toLowerCase());
    }

    isFolder(path) {
        return this.#entries.get(path.toLowerCase())?.text === null;
    }

    read(path) {
        return this.#entries.get(path.toLowerCase())?.text;
    }

    /** Every path below, folders too. */
    below(path) {
        const start = path.toLowerCase() + '\\';
        return [...this.#entries.entries()].filter(([key]) => key.startsWith(start)).map(([, entry]) => entry.path).sort();
    }

    /** What lies below, as one text that can be compared: files with their contents. */
    picture(path) {
        return this.below(path).filter(one => !this.isFolder(one)).map(one => `${one} = ${this.read(one)}`).join('\n');
    }

    /** With the folders above; without a step that could fail. */
    put(path, text) {
        for (let end = path.indexOf('\\', 3); end > 0; end = path.indexOf('\\', end + 1)) {
            this.#set(path.slice(0, end), null);
        }
        this.#set(path, text);
    }

    makeFolder(path) {
        if (this.exists(path)) {
            throw new Failed(`An item with the specified name ${path} already exists.`);
        }
        this.#step('make', path);
        for (let end = path.indexOf('\\', 3); end > 0; end = path.indexOf('\\', end + 1)) {
            this.#set(path.slice(0, end), null);
        }
        this.#set(path, null);
    }

    write(path, text, mayReplace = true) {
        this.#mustHaveFolder(path);
        if (this.exists(path) && (!mayReplace || this.isFolder(path))) {
            throw new Failed(`The file '${path}' already exists.`);
        }
        // A write that fails or is cut short has made an empty file.
        this.#step('write', path, () => this.#set(path, ''));
        this.#set(path, text);
    }

    move(from, to) {
        if (!this.exists(from)) {
            throw new Failed(`Cannot find path '${from}' because it does not exist.`);
        }
        // Into a folder that is there, as the cmdlet does.
        const target = this.isFolder(to) ? `${to}\\${from.slice(from.lastIndexOf('\\') + 1)}` : to;
        this.#mustHaveFolder(target);
        if (this.exists(target)) {
            throw new Failed(`Cannot create '${target}' because a file or directory with the same name already exists.`);
        }
        this.#step('move', from);
        for (const path of [from, ...this.below(from)]) {
            const { text } = this.#entries.get(path.toLowerCase());
            this.#entries.delete(path.toLowerCase());
            this.#set(target + path.slice(from.length), text);
        }
    }

    /** File by file, from the bottom up: each is a step. */
    remove(path, isRecursive) {
        if (!this.exists(path)) {
            throw new Failed(`Cannot find path '${path}' because it does not exist.`);
        }
        const inside = this.below(path);
        if (inside.length > 0 && !isRecursive) {
            throw new Failed(`${path} is not empty, and nobody is there to confirm.`);
        }
        for (const one of [...inside.reverse(), path]) {
            this.#step('remove', one);
            this.#entries.delete(one.toLowerCase());
        }
    }

    #mustHaveFolder(path) {
        const parent = path.slice(0, path.lastIndexOf('\\'));
        if (!this.isFolder(parent)) {
            throw new Failed(`Could not find a part of the path '${path}'.`);
        }
    }

    #step(verb, path, tear = () => {}) {
        const what = this.#plan(++this.steps, verb, path);
        if (what === 'torn' || what === 'fail') {
            tear();
        }
        if (what === 'fail') {
            throw new Failed(`Cannot ${verb} ${path}: it is held, or there is no room.`);
        }
        if (what !== 'go') {
            throw new Killed(`${what} at step ${this.steps}: ${verb} ${path}`);
        }
    }

    #set(path, text) {
        this.#entries.set(path.toLowerCase(), { path, text });
    }
}
