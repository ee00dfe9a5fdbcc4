// Parses PowerShell files with the tree-sitter grammar: node check-powershell.mjs FILE...
// Prints each syntax error as FILE:LINE:COLUMN; exit code 1 when there is one, 2 on wrong use.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';

const files = process.argv.slice(2);
if (files.length === 0) {
    console.error('usage: check-powershell.mjs FILE...');
    process.exit(2);
}
const resolve = createRequire(import.meta.url).resolve;
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));

let errors = 0;
function visit(file, node) {
    if (node.isError || node.isMissing) {
        const { row, column } = node.startPosition;
        console.error(`${file}:${row + 1}:${column + 1}: ${node.isMissing ? 'missing ' + node.type : 'syntax error'} at: `
            + node.text.split('\n')[0].slice(0, 80));
        errors++;
        return;
    }
    if (node.hasError) {
        node.children.forEach(child => visit(file, child));
    }
}
for (const file of files) {
    const tree = parser.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    if (tree.rootNode.descendantCount < 2) {
        console.error(`${file}: nothing was read`);
        errors++;
    }
    visit(file, tree.rootNode);
}
process.exit(errors === 0 ? 0 : 1);
