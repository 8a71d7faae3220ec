// Loads the classic scripts of the pages, whose functions are global, and the vectors of card codes.
import { readFileSync } from "node:fs";
import { register } from "node:module";
import vm from "node:vm";

const ROOT = new URL("../../", import.meta.url);

export const read = (path) => readFileSync(new URL(path, ROOT), "utf8");
export const vectors = JSON.parse(read("tests/qr/vectors.json"));

// Pages say that these scripts are modules; Node is told here.
const hooks = `export const load = (url, context, next) =>
  next(url, url.includes("/static/mobile/") ? { ...context, format: "module" } : context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

export const loadScript = (path) => vm.runInThisContext(read(path), { filename: path });
