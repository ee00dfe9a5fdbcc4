// Runs what PowerShell the installer is written in, as the tree-sitter grammar reads it: statements, functions, error
// handling, strings and lists by about_* of Microsoft's documentation of PowerShell 5.1, under strict mode and with errors that
// end a statement. Commands and .NET calls are the caller's. What it does not know it refuses: it guesses nothing.
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import { Failed, Killed } from './folders.mjs';

const resolve = createRequire(import.meta.url).resolve;
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));

/** A mistake of the script or a hole in this program: no test may take it for an error that was handled. */
export class Unknown extends Error {}

class Return { constructor(values) { this.values = values; } }
class Exit { constructor(code) { this.code = code; } }
class Continue {}

export function parse(text) {
    const { rootNode } = parser.parse(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
    if (rootNode.hasError) {
        throw new Unknown('the script has syntax errors');
    }
    return new Node(rootNode);
}

/** The parse tree without the layers that hold but one node, read once. */
class Node {
    constructor(raw) {
        while (raw.namedChildren.length === 1 && raw.childCount === 1 && raw.type !== 'expandable_string_literal') {
            raw = raw.namedChildren[0];
        }
        this.type = raw.type;
        this.text = raw.text;
        this.start = raw.startIndex;
        this.end = raw.endIndex;
        this.line = raw.startPosition.row + 1;
        this.words = raw.children.filter(child => !child.isNamed).map(child => child.text.toLowerCase());
        this.parts = raw.namedChildren.filter(child => child.type !== 'comment' && child.type !== 'command_argument_sep'
            && child.type !== 'empty_statement').map(child => new Node(child));
    }
}

const IGNORED = new Set(['command_argument_sep', 'empty_statement', 'comment']);
const list = value => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]);
const single = values => (values.length === 0 ? null : values.length === 1 ? values[0] : values);
const isTrue = value => (Array.isArray(value) ? (value.length === 1 ? isTrue(value[0]) : value.length > 1)
    : Boolean(value));
const text = value => (value === null || value === undefined ? '' : Array.isArray(value) ? value.map(text).join(' ')
    : value === true ? 'True' : value === false ? 'False' : String(value));

/** Runs a script; returns its exit code. COMMANDS: name -> (options, positional, input) -> outputs. TYPES: 'A.B::C' -> function. */
export function run(script, { commands, types, variables, options }) {
    const functions = new Map();
    const global = new Map(Object.entries({ true: true, false: false, null: null, ...variables }));
    const env = name => variables[`env:${name}`] ?? null;
    let scopes = [global];

    function lookUp(node) {
        const name = node.text.replace(/^\$\{?/, '').replace(/\}$/, '').toLowerCase();
        if (name.startsWith('env:')) {
            return env(name.slice(4));
        }
        const plain = name.replace(/^script:/, '');
        const found = (plain === name ? [...scopes].reverse() : [global]).find(scope => scope.has(plain));
        if (!found) {
            throw new Unknown(`line ${node.line}: ${node.text} has no value`);
        }
        return found.get(plain);
    }

    function assign(node, value) {
        const name = node.text.slice(1).toLowerCase();
        if (name.startsWith('script:')) {
            global.set(name.slice(7), value);
        } else {
            scopes.at(-1).set(name, value);
        }
    }

    /** All that a node puts out. */
    function outputs(node) {
        switch (node.type) {
            case 'program': case 'statement_list': case 'statement_block': case 'script_block': case 'script_block_body':
                return node.parts.flatMap(outputs);
            case 'param_block': case 'attribute_list': return [];
            case 'function_statement': functions.set(node.parts[0].text.toLowerCase(), node); return [];
            case 'if_statement': case 'elseif_clause': return branch(node);
            case 'else_clause': return node.parts.flatMap(outputs);
            case 'foreach_statement': return loop(node);
            case 'while_statement': return repeat(node);
            case 'try_statement': return attempt(node);
            case 'flow_control_statement': return leave(node);
            case 'assignment_expression':
                // @( ) stays a list, also of one.
                assign(node.parts[0], node.parts.at(-1).type === 'array_expression' ? value(node.parts.at(-1))
                    : single(outputs(node.parts.at(-1))));
                return [];
            case 'pipeline_chain': return node.parts.reduce((input, part) => command(part, input), undefined);
            case 'command': case 'command_name': return command(node, undefined);
            default: return list(value(node));
        }
    }

    function branch(node) {
        const [condition, block, ...others] = node.parts;
        if (isTrue(single(outputs(condition)))) {
            return block.type === 'statement_block' ? outputs(block) : [];
        }
        for (const other of others.flatMap(one => (one.type === 'elseif_clauses' ? one.parts : [one]))) {
            if (other.type !== 'elseif_clause' || isTrue(single(outputs(other.parts[0])))) {
                return other.type === 'elseif_clause' ? outputs(other.parts[1]) : outputs(other);
            }
        }
        return [];
    }

    function loop(node) {
        const [variable, values, block] = node.parts;
        const all = [];
        for (const item of list(single(outputs(values)))) {
            assign(variable, item);
            try {
                all.push(...outputs(block));
            } catch (thrown) {
                if (!(thrown instanceof Continue)) {
                    throw thrown;
                }
            }
        }
        return all;
    }

    function repeat(node) {
        const all = [];
        for (let turns = 0; isTrue(single(outputs(node.parts[0]))); turns++) {
            if (turns > 10_000) {
                throw new Unknown(`line ${node.line}: this does not end`);
            }
            all.push(...outputs(node.parts[1]));
        }
        return all;
    }

    function attempt(node) {
        const block = kind => node.parts.filter(part => part.type === kind || part.parts.some(inner => inner.type === kind))
            .flatMap(part => (part.type === kind ? [part] : part.parts.filter(inner => inner.type === kind)))[0];
        const handler = block('catch_clause');
        const last = block('finally_clause');
        const depth = scopes.length;
        let isDead = false;
        try {
            return outputs(node.parts[0]);
        } catch (thrown) {
            isDead = thrown instanceof Killed || thrown instanceof Unknown;
            if (!(thrown instanceof Failed) || !handler) {
                throw thrown;
            }
            scopes.length = depth;
            const scope = scopes.at(-1);
            const outer = scope.get('_');
            scope.set('_', { Exception: { Message: thrown.message }, thrown });
            try {
                return outputs(handler.parts[0]);
            } catch (again) {
                isDead = again instanceof Killed || again instanceof Unknown;
                throw again;
            } finally {
                scope.set('_', outer);
            }
        } finally {
            if (last && !isDead) {
                scopes.length = depth;
                outputs(last.parts[0]);
            }
        }
    }

    function leave(node) {
        const word = node.words[0] ?? node.text.toLowerCase();
        const given = node.parts.flatMap(outputs);
        switch (word) {
            case 'return': throw new Return(given);
            case 'exit': throw new Exit(given.length === 0 ? 0 : given[0]);
            case 'continue': throw new Continue();
            case 'throw':
                if (given.length === 0) {
                    throw lookUp({ text: '$_', line: node.line }).thrown;
                }
                throw given[0]?.thrown ?? new Failed(text(given[0]));
            default: throw new Unknown(`line ${node.line}: ${word}`);
        }
    }

    /** Name, options and the rest; then the function or command of that name. */
    function command(node, input) {
        if (node.type !== 'command' && node.type !== 'command_name') {
            return outputs(node);
        }
        const name = node.type === 'command' ? node.parts[0].text : node.text;
        const elements = node.type === 'command' ? node.parts.slice(1).flatMap(part =>
            (part.type === 'command_elements' ? part.parts : [part])) : [];
        const given = new Map();
        const positional = [];
        let option = null;
        for (const element of elements.filter(one => !IGNORED.has(one.type))) {
            if (element.type === 'command_parameter') {
                option = element.text.slice(1).toLowerCase();
                given.set(option, true);
            } else {
                const what = element.type === 'generic_token' ? element.text
                    : element.type === 'script_block_expression' ? element : value(element);
                if (option !== null && !SWITCHES.has(option)) {
                    given.set(option, what);
                } else {
                    positional.push(what);
                }
                option = null;
            }
        }
        const own = functions.get(name.toLowerCase());
        if (own) {
            return call(own, positional);
        }
        if (name === 'Where-Object') {
            return list(input).filter(item => isTrue(single(block(positional[0], item))));
        }
        const known = commands[name];
        if (!known) {
            throw new Unknown(`line ${node.line}: the command ${name}`);
        }
        return list(known(given, positional, input));
    }

    function block(node, item) {
        scopes.push(new Map([['_', item]]));
        try {
            return node.parts.flatMap(outputs);
        } finally {
            scopes.pop();
        }
    }

    function call(node, positional) {
        const declared = node.parts.filter(part => part.type === 'function_parameter_declaration')
            .flatMap(part => part.parts).flatMap(part => (part.type === 'parameter_list' ? part.parts : [part]))
            .filter(part => part.type === 'script_parameter');
        if (positional.length > declared.length) {
            throw new Unknown(`line ${node.line}: ${positional.length} arguments for ${node.parts[0].text}`);
        }
        const depth = scopes.length;
        scopes.push(new Map(declared.map((one, i) => [one.parts.at(-1).text.slice(1).toLowerCase(),
            /string\[\]/.test(one.text) ? list(positional[i]) : text(positional[i])])));
        try {
            return node.parts.slice(1).filter(part => part.type !== 'function_parameter_declaration').flatMap(outputs);
        } catch (thrown) {
            if (thrown instanceof Return) {
                return thrown.values;
            }
            throw thrown;
        } finally {
            scopes.length = depth;
        }
    }

    function value(node) {
        const [left, right] = node.parts;
        switch (node.type) {
            case 'variable': case 'braced_variable': return lookUp(node);
            case 'verbatim_string_characters': return node.text.slice(1, -1).replaceAll("''", "'");
            case 'expandable_string_literal': return expand(node);
            case 'decimal_integer_literal': return Number(node.text);
            case 'real_literal': return Number(node.text);
            case 'parenthesized_expression': return single(node.parts.flatMap(outputs));
            case 'sub_expression': return single(node.parts.flatMap(outputs));
            case 'array_expression': return node.parts.flatMap(outputs);
            case 'array_literal_expression': return node.parts.map(value);
            case 'cast_expression': return types.cast(left.text, value(right));
            case 'expression_with_unary_operator':
                if (!['-not', '!'].includes(node.words[0])) {
                    throw new Unknown(`line ${node.line}: ${node.words[0]}`);
                }
                return !isTrue(value(left));
            case 'logical_expression':
                return node.words[0] === '-and' ? isTrue(value(left)) && isTrue(value(right))
                    : isTrue(value(left)) || isTrue(value(right));
            case 'comparison_expression': return compare(node, value(left), node.parts[1].text.toLowerCase(), value(node.parts[2]));
            case 'additive_expression': case 'additive_argument_expression': return add(node, value(left), value(right));
            case 'range_expression': return range(value(left), value(right));
            case 'element_access': return list(value(right)).map(index => value(left)[index]);
            case 'member_access': return member(node, value(left), right.text);
            case 'invokation_expression': return invoke(node);
            case 'command': case 'command_name': case 'pipeline_chain': return single(outputs(node));
            default: throw new Unknown(`line ${node.line}: ${node.type}: ${node.text}`);
        }
    }

    function expand(node) {
        let result = '';
        let at = node.start + 1;
        for (const part of node.parts) {
            result += node.text.slice(at - node.start, part.start - node.start) + text(value(part));
            at = part.end;
        }
        result += node.text.slice(at - node.start, -1);
        if (result.includes('`')) {
            throw new Unknown(`line ${node.line}: an escape in a string`);
        }
        return result;
    }

    function compare(node, a, operator, b) {
        const order = a?.compareTo ? a.compareTo(b) : typeof a === 'string' || typeof b === 'string'
            ? (text(a).toLowerCase() === text(b).toLowerCase() ? 0 : text(a).toLowerCase() < text(b).toLowerCase() ? -1 : 1) : a - b;
        switch (operator) {
            case '-eq': return order === 0;
            case '-ne': return order !== 0;
            case '-lt': return order < 0;
            default: throw new Unknown(`line ${node.line}: ${operator}`);
        }
    }

    function add(node, a, b) {
        const operator = node.words[0];
        if (operator === '+') {
            return typeof a === 'string' ? a + text(b) : a + b;
        }
        if (operator === '-') {
            return a - b;
        }
        throw new Unknown(`line ${node.line}: ${operator}`);
    }

    function range(from, to) {
        const step = from <= to ? 1 : -1;
        return Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => from + i * step);
    }

    function member(node, object, name) {
        if (name === 'Count' && Array.isArray(object)) {
            return object.length;
        }
        if (object === null || object === undefined || object[name] === undefined) {
            throw new Unknown(`line ${node.line}: ${node.text} has no value`);
        }
        return object[name];
    }

    function invoke(node) {
        const [target, name, parameters] = node.parts;
        const given = parameters.parts.flatMap(part => (part.type === 'argument_expression_list' ? part.parts : [part])).map(value);
        if (target.type === 'type_literal') {
            return types.call(`${target.text.slice(1, -1)}::${name.text}`, given);
        }
        const object = value(target);
        const known = typeof object === 'string'
            ? { StartsWith: 'startsWith', Contains: 'includes', Replace: 'replaceAll' }[name.text] : name.text;
        if (known === undefined || typeof object?.[known] !== 'function') {
            throw new Unknown(`line ${node.line}: ${node.text}`);
        }
        return object[known](...given);
    }

    function declare(program) {
        for (const parameter of program.parts.filter(part => part.type === 'param_block').flatMap(part => part.parts)
            .flatMap(part => (part.type === 'parameter_list' ? part.parts : [part]))
            .filter(part => part.type === 'script_parameter')) {
            const variable = parameter.parts.find(part => part.type === 'variable');
            const name = variable.text.slice(1).toLowerCase();
            const standard = parameter.parts.find(part => part.type === 'script_parameter_default');
            global.set(name, options[name] ?? (standard ? value(standard.parts[0]) : false));
        }
    }

    try {
        declare(script);
        outputs(script);
        return 0;
    } catch (thrown) {
        if (thrown instanceof Exit) {
            return thrown.code;
        }
        throw thrown;
    }
}

/** Options that take no value. */
const SWITCHES = new Set(['recurse', 'force', 'file']);
