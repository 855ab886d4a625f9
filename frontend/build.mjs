// Builds the committed static files and document fonts. Run `npm install && npm run build` after a version changes.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { compile } from "sass";

const STATIC = "../src/commonweal/web/static/commonweal";
const HALVES = "build/fonts"; // joined by merge_fonts.py
const FONTS = "../src/commonweal/present/fonts";
const MAP = "../src/commonweal/needs/static/needs/map";
const NODE = "node_modules";
const FACE = "atkinson-hyperlegible-next";

function folder(path) {
  mkdirSync(path, { recursive: true });
  return path;
}

// The crest and crown belong to the Crown: drop every rule that is about them.
function withoutCrown(css) {
  return css.replace(/[^{}]*(crown|copyright-logo|licence-logo)[^{}]*\{[^{}]*\}/g, "");
}

function buildGovuk() {
  const out = folder(`${STATIC}/govuk`);
  const source = `${NODE}/govuk-frontend`;
  const { css } = compile("govuk.scss", {
    loadPaths: [NODE], style: "compressed", quietDeps: true, silenceDeprecations: ["if-function"],
  });
  const clean = withoutCrown(css);
  const left = clean.match(/.{60}(GDS Transport|crest|crown|@font-face|url\().{60}/gi);
  if (left) throw new Error(`branding left in the style sheet: ${left.join("\n")}`);
  writeFileSync(`${out}/govuk-frontend.css`, clean + "\n");
  const script = readFileSync(`${source}/dist/govuk/govuk-frontend.min.js`, "utf8");
  writeFileSync(`${out}/govuk-frontend.js`, script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
  copyFileSync("LICENCE-govuk-frontend.txt", `${out}/LICENCE.txt`);
}

function buildHtmx() {
  const out = folder(`${STATIC}/htmx`);
  copyFileSync(`${NODE}/htmx.org/dist/htmx.min.js`, `${out}/htmx.min.js`);
  copyFileSync(`${NODE}/htmx.org/LICENSE`, `${out}/LICENCE.txt`);
}

// The map of the whole country; a page without it loads none of this.
function buildMap() {
  const out = folder(MAP);
  const [library, reader] = [`${NODE}/maplibre-gl`, `${NODE}/pmtiles`];
  const plain = (from, to) => {
    const text = readFileSync(from, "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
    writeFileSync(`${out}/${to}`, text);
  };
  for (const name of ["maplibre-gl.mjs", "maplibre-gl-worker.mjs"]) plain(`${library}/dist/${name}`, name);
  copyFileSync(`${library}/dist/maplibre-gl.css`, `${out}/maplibre-gl.css`);
  copyFileSync(`${library}/LICENSE.txt`, `${out}/LICENCE-maplibre-gl.txt`);
  plain(`${reader}/dist/pmtiles.js`, "pmtiles.js");
  copyFileSync("LICENCE-pmtiles.txt", `${out}/LICENCE-pmtiles.txt`);
}

// WOFF 1.0 is a TrueType file whose tables are deflated one by one; documents and charts need it plain.
function woffToTtf(woff) {
  const count = woff.readUInt16BE(12);
  const tables = [...Array(count).keys()].map((i) => {
    const at = 44 + i * 20;
    const [offset, packed, size, sum] = [4, 8, 12, 16].map((step) => woff.readUInt32BE(at + step));
    const raw = woff.subarray(offset, offset + packed);
    return { tag: woff.subarray(at, at + 4), size, sum, data: packed < size ? inflateSync(raw) : raw };
  });
  const power = 2 ** Math.floor(Math.log2(count));
  const header = Buffer.alloc(12 + count * 16);
  header.writeUInt32BE(woff.readUInt32BE(4), 0);
  [count, power * 16, Math.log2(power), (count - power) * 16].forEach((n, i) => header.writeUInt16BE(n, 4 + i * 2));
  const bodies = [];
  let place = header.length;
  tables.forEach(({ tag, size, sum, data }, i) => {
    const at = 12 + i * 16;
    tag.copy(header, at);
    [sum, place, size].forEach((n, j) => header.writeUInt32BE(n, at + 4 + j * 4));
    const padded = Buffer.concat([data, Buffer.alloc((4 - (size % 4)) % 4)]);
    bodies.push(padded);
    place += padded.length;
  });
  return Buffer.concat([header, ...bodies]);
}

function buildFonts() {
  const source = `${NODE}/@fontsource/${FACE}`;
  const web = folder(`${STATIC}/fonts`);
  const documents = folder(FONTS);
  for (const weight of ["400", "700"]) {
    for (const script of ["latin", "latin-ext"]) {
      const name = `${FACE}-${script}-${weight}-normal`;
      copyFileSync(`${source}/files/${name}.woff2`, `${web}/${name}.woff2`);
    }
  }
  for (const variant of ["400-normal", "700-normal", "400-italic", "700-italic"]) {
    for (const script of ["latin", "latin-ext"]) {
      const woff = readFileSync(`${source}/files/${FACE}-${script}-${variant}.woff`);
      writeFileSync(`${folder(HALVES)}/${script}-${variant}.ttf`, woffToTtf(woff));
    }
  }
  for (const out of [web, documents]) copyFileSync(`${source}/LICENSE`, `${out}/OFL.txt`);
}

buildGovuk();
buildHtmx();
buildMap();
buildFonts();
