// Saving what is shown: a chart as SVG and PNG with its query and the data's version in it, a table by the API's export.
import { about } from "./about.js";
import { addressOf } from "./api.js";
import { drawn, element } from "./dom.js";

// Of a style sheet only these reach a picture, written as attributes: a file has no style sheet.
const SHOWN = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "visibility"];
const SHARP = 2; // pixels of a PNG for one of the picture

export function figure(picture, caption, { title, query }) {
  const save = (make) => () => make(picture, title, query);
  const buttons = element("span", { class: "save" }, "save as ", [["SVG", saveSvg], ["PNG", savePng]].map(([name, make]) => [" ", element("button", { type: "button", class: "plain", "aria-label": `Save “${title}” as ${name}`, onclick: save(make) }, name)]));
  return element("figure", { class: `${picture.getAttribute("class")}-figure` }, element("p", { class: "title" }, title), picture, element("figcaption", {}, caption, buttons));
}

export const saveLinks = (path, asked, formats) => formats.map((format) => [" ", element("a", { href: addressOf(path, { ...asked, format }), download: true }, format)]);

// Links that save the events of a query; with a panel also the counts that are shown.
export function tableLinks(query, panel = null) {
  const events = saveLinks("export", { query }, ["csv", "parquet", "plover", "jsonl"]);
  return element("p", { class: "quiet small save" }, panel ? ["these counts as", saveLinks("panel", { ...panel, query }, ["csv", "parquet"]), " · their events as"] : "save as", events);
}

async function svgOf(picture, title, query) {
  const copy = picture.cloneNode(true), box = picture.viewBox.baseVal;
  const [from, to] = [picture, copy].map((root) => [root, ...root.querySelectorAll("*")]);
  from.forEach((original, place) => {
    const style = getComputedStyle(original);
    for (const name of SHOWN) { const value = style.getPropertyValue(name); if (value) to[place].setAttribute(name, value); }
    for (const name of ["class", "href", "tabindex"]) to[place].removeAttribute(name);
  });
  const ground = getComputedStyle(document.body).backgroundColor;
  const said = JSON.stringify({ title, query, data: (await about).version, store: (await about).store, dragoman: (await about).dragoman, address: location.pathname + location.search });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", box.width);
  copy.setAttribute("height", box.height);
  copy.prepend(drawn("title", {}, title), drawn("metadata", {}, said), drawn("rect", { x: box.x, y: box.y, width: box.width, height: box.height, fill: ground }));
  return { text: new XMLSerializer().serializeToString(copy), width: box.width, height: box.height };
}

async function saveSvg(picture, title, query) {
  const { text } = await svgOf(picture, title, query);
  await save(new Blob([text], { type: "image/svg+xml" }), title, "svg");
}

async function savePng(picture, title, query) {
  const { text, width, height } = await svgOf(picture, title, query);
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = element("canvas", { width: width * SHARP, height: height * SHARP });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    await save(await new Promise((done) => canvas.toBlob(done, "image/png")), title, "png");
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function save(blob, title, ending) {
  const address = URL.createObjectURL(blob);
  const words = title.normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-|-$/g, "").toLowerCase().slice(0, 60);
  element("a", { href: address, download: `${words}_${(await about).version}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
