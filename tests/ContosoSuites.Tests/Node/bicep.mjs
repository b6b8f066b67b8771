// Parses every .bicep below FOLDER with tree-sitter's grammar. Prints the trees: of each named node its type, text and line.
// What the grammar could not read is a node of type ERROR, and what it missed one of type MISSING.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Parser from 'tree-sitter';
import Bicep from 'tree-sitter-bicep';

const parser = new Parser();
parser.setLanguage(Bicep);

function tree(node) {
  return {
    type: node.isMissing ? 'MISSING' : node.type,
    text: node.text,
    line: node.startPosition.row + 1,
    children: node.children.filter((child) => child.isNamed || child.isMissing).map(tree),
  };
}

const folder = process.env.FOLDER;
const files = {};
for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.bicep'))) {
  // The parser takes a string in pieces of 32 KB unless it is told that there is more.
  const text = readFileSync(join(folder, file), 'utf8');
  files[file.replaceAll('\\', '/')] = tree(parser.parse(text, undefined, { bufferSize: Math.max(32768, 2 * text.length) }).rootNode);
}
console.log(JSON.stringify(files));
