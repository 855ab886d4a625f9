// The map of every small area. The page says the same without it: a picture and a table of districts.
const box = document.querySelector(".cw-country");
const LAYER = "areas";
const ROOM = 3; // degrees round the country that can be seen

const address = new URL(box.dataset.tiles, location.href).href;
const told = box.querySelector(".cw-country__told");
const colours = [...box.querySelectorAll(".cw-country__shade")].map((one) => getComputedStyle(one).backgroundColor);

function shading(shown) {
  const steps = colours.slice(1).flatMap((colour, at) => [3 + at * 2, colour]);
  return ["case", ["<", ["get", shown], 1], "#ffffff", ["step", ["get", shown], colours[0], ...steps]];
}

function tenth(value, low, high) {
  if (value < 1) return "not known";
  const band = low && low !== high ? ` (between ${low} and ${high} under other methods)` : "";
  return `tenth ${value} of 10${band}`;
}

function tell(area) {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = box.dataset.place.replace("PLACE", area.district).replace("AREA", area.code);
  link.textContent = `${area.name}, ${area.place}`;
  const words = ` (${area.code}). Need: ${tenth(area.need, area.low, area.high)}. Deprivation: ${tenth(area.deprived)}. 1 is the greatest.`;
  told.replaceChildren(link, words);
}

function drawOn(map) {
  map.addSource(LAYER, { type: "vector", url: `pmtiles://${address}` });
  map.addLayer({ id: LAYER, type: "fill", source: LAYER, "source-layer": LAYER, paint: { "fill-color": shading("need") } });
  map.addLayer({ id: "edges", type: "line", source: LAYER, "source-layer": LAYER, minzoom: 9, paint: { "line-color": "#ffffff", "line-width": 0.6 } });
  map.addLayer({ id: "marked", type: "line", source: LAYER, "source-layer": LAYER, filter: ["==", ["get", "code"], ""], paint: { "line-color": "#0b0c0c", "line-width": 3 } });
}

function answer(map) {
  const choose = (point) => {
    const [found] = map.queryRenderedFeatures(point, { layers: [LAYER] });
    if (!found) return;
    tell(found.properties);
    map.setFilter("marked", ["==", ["get", "code"], found.properties.code]);
  };
  map.on("click", (event) => choose(event.point));
  map.on("mousemove", LAYER, () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", LAYER, () => { map.getCanvas().style.cursor = ""; });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") choose(map.project(map.getCenter()));
  });
  for (const radio of box.querySelectorAll("input[name=shown]")) {
    radio.addEventListener("change", () => map.setPaintProperty(LAYER, "fill-color", shading(radio.value)));
  }
}

async function show() {
  const library = await import(box.dataset.library);
  library.setWorkerUrl(new URL(box.dataset.worker, location.href).href);
  const protocol = new globalThis.pmtiles.Protocol();
  const tiles = new globalThis.pmtiles.PMTiles(address);
  protocol.add(tiles);
  library.addProtocol("pmtiles", protocol.tile);
  const { minLon, minLat, maxLon, maxLat } = await tiles.getHeader();
  box.hidden = false;
  const map = new library.Map({
    container: box.querySelector(".cw-country__map"),
    style: { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": "#e9f0f2" } }] },
    bounds: [[minLon, minLat], [maxLon, maxLat]], fitBoundsOptions: { padding: 8 },
    maxBounds: [[minLon - ROOM * 2, minLat - ROOM], [maxLon + ROOM * 2, maxLat + ROOM]], minZoom: 3, maxZoom: 14, dragRotate: false, pitchWithRotate: false,
    touchPitch: false, cooperativeGestures: true, attributionControl: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new library.FullscreenControl(), "top-right");
  map.on("load", () => { drawOn(map); answer(map); });
  map.on("idle", () => { box.dataset.drawn = "yes"; });
}

// A browser that cannot draw keeps the picture and the table.
if (document.createElement("canvas").getContext("webgl2")) await show();
