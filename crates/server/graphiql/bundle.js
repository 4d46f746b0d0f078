// Writes graphiql.js, graphiql.css and graphiql.licences.txt into ../assets/graphiql, and what they are into ../assets/VENDORED.md.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const assets = "../assets";
const own = ["exports.js", "constructed-style.js"];

const { metafile } = await build({
  entryPoints: ["exports.js"],
  outfile: `${assets}/graphiql/graphiql.js`,
  alias: { "react-style-singleton": "./constructed-style.js" },
  bundle: true,
  charset: "utf8",
  define: { "process.env.NODE_ENV": '"production"' },
  format: "esm",
  legalComments: "none",
  metafile: true,
  minify: true,
  target: "es2022",
});

// GraphiQL carries its fonts inside the style sheet, nine tenths of it; start.css takes the system's instead.
const styles = read("node_modules/graphiql/dist/style.css").replace(/@font-face\s*{[^}]*}/g, "");
await build({
  stdin: { contents: styles, loader: "css" },
  outfile: `${assets}/graphiql/graphiql.css`,
  charset: "utf8",
  minify: true,
});

const packages = [...new Set(inputs())].sort().map(describe);
writeFileSync(
  `${assets}/graphiql/graphiql.licences.txt`,
  packages.map(({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}\n`).join(`\n${"-".repeat(100)}\n\n`),
);
writeFileSync(`${assets}/VENDORED.md`, vendored());

/** The folders of the packages from which a line stands in the bundle. */
function inputs() {
  const [bundle] = Object.values(metafile.outputs);
  return Object.entries(bundle.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path)
    .filter((path) => !own.includes(path))
    .map((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)[0]);
}

function describe(folder) {
  const { name, version, license, author } = JSON.parse(read(`${folder}/package.json`));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  // A few packages name their licence without its text, which is then the same as its neighbours'.
  const text = file ? read(`${folder}/${file}`).trim() : `Licensed under ${license}. Author: ${author?.name ?? author ?? "see the package"}.`;
  return { name, version, licence: license, text };
}

function vendored() {
  const version = (name) => packages.find((entry) => entry.name === name).version;
  const licences = [...new Set(packages.map(({ licence }) => licence))].sort().join(", ");
  const rows = [
    ["graphiql/graphiql.js", "graphiql and what it needs", version("graphiql"), licences],
    ["graphiql/graphiql.css", "graphiql", version("graphiql"), "MIT"],
    ["graphiql/graphiql.licences.txt", "the licence texts of graphiql.js", version("graphiql"), licences],
  ];
  return `# What others wrote

Files that the server carries and we did not write. The bundler writes this page too: in \`crates/server/graphiql\`,
\`npm ci\` and \`npm run bundle\`. A newer version is a changed number in \`package.json\` there, then \`npm install\`.
A test compares each file with its hash, so that nobody edits one by hand.

| path | name | version | licence | sha256 |
| --- | --- | --- | --- | --- |
${rows.map((row) => `| ${[...row, sha256(row[0])].join(" | ")} |`).join("\n")}

In \`graphiql.js\`, each with its licence text in \`graphiql.licences.txt\`:

${packages.map(({ name, version, licence }) => `- ${name} ${version}, ${licence}`).join("\n")}
`;
}

function sha256(path) {
  return createHash("sha256").update(readFileSync(`${assets}/${path}`)).digest("hex");
}

function read(path) {
  return readFileSync(path, "utf8");
}
