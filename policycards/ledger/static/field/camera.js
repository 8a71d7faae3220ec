// Reading QR codes: from the camera, frame by frame, or from a photo.
const READER = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 4 };
const SURE = 2; // frames in a row that must say the same, so that a second code just out of focus is not overlooked

let prepared;
function reader() {
  prepared ??= ZXingWASM.prepareZXingModule({
    overrides: { locateFile: (name) => new URL(`./vendor/${name}`, import.meta.url).href },
    fireImmediately: true,
  });
  return prepared;
}

async function textsIn(picture) {
  await reader();
  const found = await ZXingWASM.readBarcodes(picture, READER);
  return [...new Set(found.filter((each) => each.isValid).map((each) => each.text))];
}

export const hasCamera = () => Boolean(window.isSecureContext && navigator.mediaDevices?.getUserMedia);

// Shows the camera in a video and calls `seen` with the text of one code, or `many` while there are several.
// Gives a function that ends it. Throws where the camera may not be used.
export async function watch(video, seen, many) {
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
  video.srcObject = stream;
  await video.play().catch(() => {});
  look(video, () => isOver, (text) => { end(); seen(text); }, many).catch(end);
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

// The texts in a photo.
export async function inPhoto(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, 2000 / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: picture.width * scale, height: picture.height * scale });
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return textsIn(pen.getImageData(0, 0, canvas.width, canvas.height));
}
