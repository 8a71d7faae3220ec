// Reading QR codes: from the camera, frame by frame, or from a photo.
const READER = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 4 };
const SURE = 2; // frames in a row that must say the same, so that a second code just out of focus is not overlooked
const DARK = 5000; // milliseconds after which a camera that shows nothing is called dead

let prepared = null;

// The function that finds the texts in a picture: the compiled reader, or the plain one where a browser lets nothing be
// compiled (Chromium before 95 does not know 'wasm-unsafe-eval').
function reader() {
  prepared = prepared || compiled().catch(plain);
  return prepared;
}

async function compiled() {
  await ZXingWASM.prepareZXingModule({
    overrides: { locateFile: (name) => new URL(`./vendor/${name}`, import.meta.url).href },
    fireImmediately: true,
  });
  return async (picture) => {
    const found = await ZXingWASM.readBarcodes(picture, READER);
    return found.filter((each) => each.isValid).map((each) => each.text);
  };
}

async function plain() {
  if (!window.jsQR) await script("./vendor/jsqr.js");
  return (picture) => {
    const texts = [];
    // It finds one code at a time: what was found is covered, and the picture is looked at again.
    for (let found = jsQR(picture.data, picture.width, picture.height); found && texts.length < 2; found = jsQR(picture.data, picture.width, picture.height)) {
      if (found.data) texts.push(found.data);
      cover(picture, Object.values(found.location).filter((at) => at && at.x !== undefined));
    }
    return texts;
  };
}

function script(name) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    Object.assign(element, { src: new URL(name, import.meta.url).href, onload: resolve, onerror: reject });
    document.head.append(element);
  });
}

function cover({ data, width, height }, corners) {
  const clamp = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
  const [left, right] = [Math.min, Math.max].map((pick) => clamp(pick(...corners.map((at) => at.x)), width));
  const [top, bottom] = [Math.min, Math.max].map((pick) => clamp(pick(...corners.map((at) => at.y)), height));
  for (let row = top; row < bottom; row++) data.fill(255, 4 * (row * width + left), 4 * (row * width + right));
}

const textsIn = async (picture) => [...new Set(await (await reader())(picture))];

export const hasCamera = () => Boolean(window.isSecureContext && navigator.mediaDevices && navigator.mediaDevices.getUserMedia);

// Shows the camera in a video and calls `seen` with the text of one code, `many` while there are several, and `fails` with
// what is wrong. Gives a function that ends it. Throws where the camera may not be used.
export async function watch(video, seen, many, fails) {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  let isOver = false;
  const end = () => {
    isOver = true;
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
  stream.getTracks().forEach((track) => { track.onended = () => isOver || fails("dead_camera"); });
  video.srcObject = stream;
  await video.play().catch(() => {});
  setTimeout(() => isOver || video.videoWidth || fails("dead_camera"), DARK);
  look(video, () => isOver, (text) => { end(); seen(text); }, many).catch(() => { end(); fails("no_reader"); });
  return end;
}

async function look(video, isOver, seen, many) {
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d", { willReadFrequently: true });
  let last = "", times = 0;
  while (!isOver()) {
    await new Promise((resolve) => setTimeout(resolve, 80));
    if (!video.videoWidth || document.hidden) continue;
    Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
    pen.drawImage(video, 0, 0);
    const texts = await textsIn(pen.getImageData(0, 0, canvas.width, canvas.height));
    if (isOver()) return;
    many(texts.length > 1);
    times = texts.length === 1 ? (texts[0] === last ? times + 1 : 1) : 0;
    last = texts.length === 1 ? texts[0] : "";
    if (times >= SURE) return seen(last);
  }
}

// The texts in a photo. Throws where this browser cannot read any.
export async function inPhoto(file) {
  const picture = await opened(file);
  const scale = Math.min(1, 2000 / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: picture.width * scale, height: picture.height * scale });
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return textsIn(pen.getImageData(0, 0, canvas.width, canvas.height));
}

// A picture in a file; Safari has no createImageBitmap before version 15.
function opened(file) {
  if (window.createImageBitmap) return createImageBitmap(file);
  return new Promise((resolve, reject) => {
    const picture = new Image();
    Object.assign(picture, { onload: () => resolve(picture), onerror: reject, src: URL.createObjectURL(file) });
  });
}
